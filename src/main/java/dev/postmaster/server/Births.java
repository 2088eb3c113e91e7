package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.metrics.Meters;
import dev.postmaster.metrics.StartStage;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Pid;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SlotCounter;
import dev.postmaster.shmem.StartTimes;
import java.util.HashMap;
import java.util.Map;

/**
 * How long children take to start: the launch by our own clock, the rest by what each child notes in its slot, read once
 * it is ready or when it has ended. What a child says is believed only as far as it is possible.
 */
@OnLoop
final class Births {
    private static final long NEVER = 0;

    /** More sessions than any backend lives to serve, where their number has no limit. */
    private static final int MAX_SESSIONS = 1_000_000_000;

    private final Meters meters;
    private final Map<Pid, Birth> unfinished = new HashMap<>();
    private long begun;

    private record Birth(ChildKind kind, ChildSlot slot, long launched) {}

    Births(Meters meters) {
        this.meters = meters;
    }

    /** A launch begins; the loop does nothing else until it has succeeded or failed. */
    void begin() {
        begun = System.nanoTime();
    }

    void succeeded(Child child, ChildSlot slot) {
        long now = System.nanoTime();
        meters.launched(child.kind(), now - begun);
        if (child.isAttached()) {
            meters.startStage(child.kind(), StartStage.SPAWN, now - begun);
            unfinished.put(child.pid(), new Birth(child.kind(), slot, now));
        }
    }

    void failed(ChildKind kind, Errno errno) {
        meters.notLaunched(kind, errno.symbol());
    }

    /** Takes note of those who are ready by now. */
    void look() {
        unfinished.values().removeIf(birth -> {
            boolean ready = birth.slot().startTimes().ready() != NEVER;
            if (ready) {
                record(birth);
            }
            return ready;
        });
    }

    /** The child is dead, and nobody else has its slot yet. */
    void ended(Child child, ChildSlot slot) {
        Birth birth = unfinished.remove(child.pid());
        if (birth != null) {
            record(birth);
        }
        if (child.kind() == ChildKind.BACKEND && child.isAttached()) {
            meters.served(Math.clamp(slot.counter(SlotCounter.SESSIONS), 0, MAX_SESSIONS));
        }
    }

    private void record(Birth birth) {
        StartTimes said = birth.slot().startTimes();
        long entered = stage(birth.kind(), StartStage.JVM, birth.launched(), said.entered());
        long born = stage(birth.kind(), StartStage.INIT, entered, said.born());
        stage(birth.kind(), StartStage.MAIN, born, said.ready());
    }

    /** Its end, if it has come to it; the child may have begun before the call that launched it returned. */
    private long stage(ChildKind kind, StartStage stage, long from, long to) {
        if (from == NEVER || to == NEVER || to > System.nanoTime()) {
            return NEVER;
        }
        meters.startStage(kind, stage, Math.max(0, to - from));
        return to;
    }
}
