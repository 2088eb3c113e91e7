package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.report.Log;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The workers that the settings define, whether they run or not; people start and stop them by name. */
@OnLoop
final class WorkerRoster implements WorkerOrders.Recipient {
    private final Map<String, WorkerDefinition> defined = new LinkedHashMap<>();
    private final WorkerDesk desk;
    private final WorkerRolls rolls;
    private final WorkerLedger ledger;
    private final Log log;

    WorkerRoster(WorkerDesk desk, WorkerRolls rolls, WorkerLedger ledger, Log log) {
        this.desk = desk;
        this.rolls = rolls;
        this.ledger = ledger;
        this.log = log;
    }

    /** The settings were read, at first or again: new workers come, those that are gone are ended, others change. */
    void follow(List<WorkerDefinition> definitions) {
        Map<String, WorkerDefinition> wanted = new LinkedHashMap<>();
        definitions.forEach(definition -> wanted.put(definition.name(), definition));
        for (String name : List.copyOf(defined.keySet())) {
            if (!wanted.containsKey(name)) {
                defined.remove(name);
                stop(name);
            }
        }
        wanted.values().forEach(this::follow);
        ledger.showOnly(wanted.keySet());
    }

    private void follow(WorkerDefinition definition) {
        WorkerDefinition known = defined.put(definition.name(), definition);
        OptionalInt worker = rolls.labelled(definition.name());
        if (known == null) {
            ledger.define(definition.name());
            if (definition.autostart()) {
                desk.register(definition);
            }
        } else if (worker.isPresent() && !definition.equals(known)) {
            desk.amend(worker.getAsInt(), definition);
        }
    }

    @Override
    public void start(String name) {
        WorkerDefinition definition = defined.get(name);
        OptionalInt worker = rolls.labelled(name);
        if (worker.isPresent()) {
            desk.hurry(worker.getAsInt());
        } else if (definition == null) {
            log.log("there is no background worker \"" + name + "\" to start");
        } else {
            desk.register(definition);
        }
    }

    @Override
    public void stop(String name) {
        rolls.labelled(name).ifPresent(desk::terminate);
    }
}
