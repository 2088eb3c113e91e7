package dev.postmaster.server;

import dev.postmaster.report.Log;

/**
 * Those who deal with background workers.
 *
 * @param desk has them launched and remembers how each stands
 * @param slots what children ask for
 * @param roster those that the settings define
 * @param orders what tools ask for
 * @param health looks after programs that run
 * @param ledger what people are told
 */
record WorkerOffice(
        WorkerDesk desk,
        WorkerSlotDesk slots,
        WorkerRoster roster,
        WorkerOrders orders,
        WorkerHealth health,
        WorkerLedger ledger) {
    /** Whom it needs. */
    record Hands(ChildStarter children, ProgramStarter programs, SignalSender signals, Clockwork clock) {}

    static WorkerOffice open(Foundation foundation, ChildRegistry registry, Hands hands) {
        Log log = foundation.log();
        var reports = new WorkerReports(log);
        var ledger = new WorkerLedger(hands.clock());
        var rolls = new WorkerRolls(foundation.segment(), registry, hands.signals());
        var checker = new HealthChecker(
                hands.programs(), hands.signals(), foundation.kernel().nullDevice());
        var health = new WorkerHealth(checker, hands.clock(), log);
        var starter = new WorkerStarter(foundation, hands, health);
        var desk = new WorkerDesk(new WorkerDesk.Hands(starter, rolls, ledger, reports), hands.clock());
        return new WorkerOffice(
                desk,
                new WorkerSlotDesk(desk, rolls, reports),
                new WorkerRoster(desk, rolls, ledger, reports),
                new WorkerOrders(foundation.configuration().layout(), log),
                health,
                ledger);
    }
}
