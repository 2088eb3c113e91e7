package dev.postmaster.server;

import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.Function;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.WorkerFlag;
import dev.postmaster.core.worker.RestartTerms;
import dev.postmaster.shmem.WorkerRecord;
import dev.postmaster.shmem.WorkerSlot;
import dev.postmaster.shmem.WorkerSlots;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
     * @param isOfAChild not of the settings
     * @param generation tells it from others that had or will have the same slot
     */
    record Registered(WorkerDefinition definition, String label, boolean isOfAChild, long generation) {}

    private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9_.-]");

    private final Map<Integer, Registered> all = new TreeMap<>();
    private final Segment segment;
    private final ChildRegistry children;
    private final SignalSender signals;

    WorkerRolls(Segment segment, ChildRegistry children, SignalSender signals) {
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

    /** Whether a child made it, and not the settings. */
    boolean isOfAChild(int worker) {
        return required(worker).isOfAChild();
    }

    /** A worker of the settings takes a free slot, if there is one; children may be doing so at the same time. */
    OptionalInt enter(WorkerDefinition definition) {
        WorkerSlots slots = slots();
        for (int worker = 0; worker < slots.size(); worker++) {
            OptionalLong generation = all.containsKey(worker)
                    ? OptionalLong.empty()
                    : slot(worker).placeAnew(record(definition));
            if (generation.isPresent()) {
                all.put(worker, new Registered(definition, definition.name(), false, generation.getAsLong()));
                return OptionalInt.of(worker);
            }
        }
        return OptionalInt.empty();
    }

    /** A child has filled this slot in shared memory. */
    WorkerDefinition adopt(int worker, WorkerRecord record) {
        WorkerDefinition definition = definition(record);
        String label = STRANGE.matcher(record.name()).replaceAll("_") + "." + worker;
        all.put(worker, new Registered(definition, label, true, slot(worker).generation()));
        return definition;
    }

    /** The settings say something else about it now. */
    void amend(int worker, WorkerDefinition definition) {
        Registered old = required(worker);
        all.put(worker, new Registered(definition, old.label(), old.isOfAChild(), old.generation()));
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
            return new Registered(
                    old.definition(),
                    old.label(),
                    old.isOfAChild(),
                    slot(worker).generation());
        });
    }

    WorkerSlots slots() {
        return segment.shared().workers();
    }

    WorkerSlot slot(int worker) {
        return slots().slot(worker);
    }

    /** Whether this is a child of ours that can be told anything (BW-11). */
    boolean canBeTold(int pid) {
        return waiter(pid).isPresent();
    }

    /** Something has happened to a worker that this process wants to hear of; 0 is nobody. */
    void notify(int pid) {
        waiter(pid).ifPresent(signals::wake);
    }

    /** What stands in shared memory may be wrong: a program of somebody else would die of the signal. */
    private Optional<Child> waiter(int pid) {
        return children.find(pid)
                .filter(Child::isAttached)
                .filter(child -> child.kind() == ChildKind.BGWORKER || child.kind() == ChildKind.BACKEND);
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
