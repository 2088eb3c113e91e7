package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.core.worker.Aftermath;
import dev.postmaster.report.Report;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The workers that the settings define, whether they run or not; people start and stop them by name. */
@OnLoop
final class WorkerRoster implements WorkerOrders.Recipient {
    private final Map<String, WorkerDefinition> defined = new LinkedHashMap<>();
    /** Those for whom there was no slot, in the order in which they will get one. */
    private final SequencedSet<String> slotless = new LinkedHashSet<>();

    private final WorkerDesk desk;
    private final WorkerRolls rolls;
    private final WorkerLedger ledger;
    private final WorkerReports reports;

    WorkerRoster(WorkerDesk desk, WorkerRolls rolls, WorkerLedger ledger, WorkerReports reports) {
        this.desk = desk;
        this.rolls = rolls;
        this.ledger = ledger;
        this.reports = reports;
    }

    /** The settings were read, at first or again: new workers come, those that are gone are ended, others change. */
    void follow(List<WorkerDefinition> definitions) {
        Map<String, WorkerDefinition> wanted = new LinkedHashMap<>();
        definitions.forEach(definition -> wanted.put(definition.name(), definition));
        for (String name : List.copyOf(defined.keySet())) {
            if (!wanted.containsKey(name)) {
                defined.remove(name);
                slotless.remove(name);
                rolls.labelled(name).ifPresent(desk::terminate);
            }
        }
        wanted.values().forEach(this::follow);
        ledger.showOnly(wanted.keySet());
    }

    private void follow(WorkerDefinition definition) {
        String name = definition.name();
        WorkerDefinition known = defined.put(name, definition);
        OptionalInt worker = rolls.labelled(name);
        if (worker.isPresent()) {
            change(worker.getAsInt(), definition, known);
            return;
        }
        if (known == null) {
            ledger.define(name);
        }
        slotless.remove(name);
        if (definition.autostart() && ledger.isUntried(name)) {
            register(definition);
        }
    }

    /** A slot may be free now: whoever a reload has removed gives its own back only when it has ended. */
    void retry() {
        while (!slotless.isEmpty()) {
            WorkerDefinition next = Objects.requireNonNull(defined.get(slotless.getFirst()));
            OptionalInt worker = rolls.enter(next);
            if (worker.isEmpty()) {
                return;
            }
            slotless.removeFirst();
            desk.registered(worker.getAsInt(), 0);
        }
    }

    /** @param known null if a reload had removed it, and it was not gone yet when it came back */
    private void change(int worker, WorkerDefinition definition, @Nullable WorkerDefinition known) {
        boolean right = definition.equals(known) || amend(worker, definition);
        if (known == null && right && definition.autostart()) {
            desk.hurry(worker);
        }
    }

    /** False if the settings are wrong now: then the worker stays what it was. */
    private boolean amend(int worker, WorkerDefinition definition) {
        Optional<Report> problem = definition.problem();
        if (problem.isPresent()) {
            reports.report(problem.get());
            return false;
        }
        rolls.amend(worker, definition);
        desk.amended(worker);
        return true;
    }

    /** What is wrong with it is logged and keeps no other from its work (BW-6). */
    private void register(WorkerDefinition definition) {
        Optional<Report> problem = definition.problem();
        if (problem.isPresent()) {
            reports.report(problem.get());
            ledger.rejected(definition.name(), problem.get().message());
            return;
        }
        rolls.enter(definition).ifPresentOrElse(worker -> desk.registered(worker, 0), () -> noSlot(definition));
    }

    private void noSlot(WorkerDefinition definition) {
        Report tooMany = WorkerReports.noSlot(definition, rolls.slots().size());
        reports.report(tooMany);
        if (definition.autostart()) {
            ledger.rejected(definition.name(), tooMany.message());
            slotless.add(definition.name());
        } else {
            ledger.postponed(definition.name(), tooMany.message());
        }
    }

    @Override
    public void start(String name) {
        reports.asked("start", name);
        WorkerDefinition definition = defined.get(name);
        OptionalInt worker = rolls.labelled(name);
        if (worker.isPresent() && (definition != null || rolls.isOfAChild(worker.getAsInt()))) {
            desk.hurry(worker.getAsInt());
        } else if (definition == null) {
            reports.noSuchWorker(name);
        } else {
            slotless.remove(name);
            register(definition);
        }
    }

    @Override
    public void stop(String name) {
        reports.asked("stop", name);
        if (slotless.remove(name)) {
            ledger.forgotten(name, Aftermath.STOPPED);
        }
        rolls.labelled(name).ifPresent(desk::terminate);
    }
}
