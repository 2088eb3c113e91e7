package dev.postmaster.server;

import dev.postmaster.report.Log;

/**
 * Those who deal with background workers.
 *
 * @param desk has them launched and remembers how each stands
 * @param roster those that the settings define
 * @param orders what tools ask for
 * @param health looks after programs that run
 * @param ledger what people are told
 */
record WorkerOffice(
        WorkerDesk desk, WorkerRoster roster, WorkerOrders orders, WorkerHealth health, WorkerLedger ledger) {
    /** Whom it needs. */
    record Hands(ChildStarter children, ProgramStarter programs, SignalSender signals, Timers timers) {}

    static WorkerOffice open(Foundation foundation, ChildRegistry registry, Hands hands) {
        Log log = foundation.log();
        var ledger = new WorkerLedger();
        var rolls = new WorkerRolls(
                foundation.segment(), registry, foundation.kernel().os().signals());
        var health = new WorkerHealth(foundation, hands);
        var starter = new WorkerStarter(foundation, hands, health);
        var desk = new WorkerDesk(starter, rolls, ledger, hands.timers(), log);
        var orders = new WorkerOrders(foundation.configuration().layout(), log);
        return new WorkerOffice(desk, new WorkerRoster(desk, rolls, ledger, log), orders, health, ledger);
    }
}
