package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.Function;
import dev.postmaster.core.Sig;
import dev.postmaster.core.WorkerFlag;
import dev.postmaster.core.worker.RestartTerms;
import dev.postmaster.os.Signals;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerSlot;
import dev.postmaster.shmem.WorkerSlots;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which registration is whose, here and in shared memory, where children look: a registration has the number of its slot
 * (BW-8, BW-9).
 */
@OnLoop
final class WorkerRolls {
    /**
     * A registration.
     *
     * @param label what people call it: the name alone, or for one that a child made, of whose name there may be more,
     *     with the number of its slot
     * @param generation tells it from others that had or will have the same slot
     */
    record Registered(WorkerDefinition definition, String label, long generation) {}

    private final Map<Integer, Registered> all = new TreeMap<>();
    private final Segment segment;
    private final ChildRegistry children;
    private final Signals signals;

    WorkerRolls(Segment segment, ChildRegistry children, Signals signals) {
        this.segment = segment;
        this.children = children;
        this.signals = signals;
    }

    @Nullable
    Registered find(int worker) {
        return all.get(worker);
    }

    WorkerDefinition definition(int worker) {
        return required(worker).definition();
    }

    String label(int worker) {
        return required(worker).label();
    }

    long generation(int worker) {
        return required(worker).generation();
    }

    OptionalInt labelled(String label) {
        return all.entrySet().stream()
                .filter(each -> each.getValue().label().equals(label))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** A slot that nobody has; empty if there is none. */
    OptionalInt free() {
        WorkerSlots slots = slots();
        for (int number = 0; number < slots.size(); number++) {
            if (!all.containsKey(number) && !slots.slot(number).isInUse()) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    /** A worker of the settings takes a free slot. */
    void enter(int worker, WorkerDefinition definition) {
        slot(worker).place(record(definition));
        all.put(
                worker,
                new Registered(definition, definition.name(), slot(worker).generation()));
    }

    /** Somebody has filled this slot in shared memory. */
    WorkerDefinition adopt(int worker, WorkerRecord record) {
        WorkerDefinition definition = definition(record);
        all.put(
                worker,
                new Registered(
                        definition, record.name() + "." + worker, slot(worker).generation()));
        return definition;
    }

    /** The settings say something else about it now. */
    void amend(int worker, WorkerDefinition definition) {
        Registered old = required(worker);
        all.put(worker, new Registered(definition, old.label(), old.generation()));
    }

    /** Its slot is anybody's from here on (BW-25). */
    void strike(int worker) {
        all.remove(worker);
        slot(worker).free();
    }

    /** Lays the registrations out in a new segment (BW-8, BW-28). */
    void renew() {
        all.replaceAll((worker, old) -> {
            slot(worker).place(record(old.definition()));
            return new Registered(old.definition(), old.label(), slot(worker).generation());
        });
    }

    WorkerSlots slots() {
        return segment.shared().workers();
    }

    WorkerSlot slot(int worker) {
        return slots().slot(worker);
    }

    /** Whether this is a child of ours that can be told anything (BW-11). */
    boolean isOurs(int pid) {
        return children.find(pid).isPresent();
    }

    /** Something has happened to a worker that this process wants to hear of; 0 is nobody. */
    void notify(int pid) {
        children.find(pid).ifPresent(child -> signals.send(child.pid(), Sig.USR1));
    }

    private Registered required(int worker) {
        Registered registered = all.get(worker);
        if (registered == null) {
            throw new IllegalArgumentException("no background worker " + worker);
        }
        return registered;
    }

    private static WorkerDefinition definition(WorkerRecord record) {
        Duration interval = Duration.ofSeconds(record.restartSeconds());
        return new WorkerDefinition(
                record.name(),
                record.type(),
                true,
                record.start(),
                RestartTerms.every(interval),
                new Function(
                        record.library(),
                        record.function(),
                        record.argument(),
                        WorkerFlag.DATABASE_ACCESS.isIn(record.flags())));
    }

    private static WorkerRecord record(WorkerDefinition definition) {
        return switch (definition.work()) {
            case Function(String library, String function, String argument, boolean databaseAccess) ->
                record(definition, databaseAccess, library, function, argument);
            case Command command -> record(definition, false, "", command.argv().getFirst(), "");
        };
    }

    private static WorkerRecord record(
            WorkerDefinition definition, boolean databaseAccess, String library, String function, String argument) {
        int access = databaseAccess ? WorkerFlag.DATABASE_ACCESS.bit() : 0;
        return new WorkerRecord(
                definition.name(),
                definition.type(),
                WorkerFlag.SHARED_MEMORY.bit() | access,
                definition.start(),
                definition.restart().interval().toSeconds(),
                library,
                function,
                argument,
                0);
    }
}
