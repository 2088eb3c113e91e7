package dev.postmaster.ctl;

import dev.postmaster.shmem.ActivityState;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SessionIdentity;
import dev.postmaster.shmem.SessionView;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.SlotState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the children say of themselves in the shared segment, which we map through the postmaster's own descriptor. */
final class Sessions {
    private static final int SHARED_MEMORY_LINE = 7;

    private final Map<Integer, SessionView> byPid = new HashMap<>();

    private Sessions() {}

    /** Nothing is known of anybody if the segment cannot be looked at. */
    static Sessions read(Target target, long postmaster) {
        var sessions = new Sessions();
        Optional<String> line = target.pidFileLine(SHARED_MEMORY_LINE);
        if (line.isPresent()) {
            String[] keyAndId = line.get().strip().split(" +", -1);
            Path segment = Path.of("/proc/" + postmaster + "/fd/" + keyAndId[keyAndId.length - 1]);
            try {
                sessions.readSlots(SharedSegment.view(segment));
            } catch (SegmentException unreadable) {
                return sessions; // the postmaster is just leaving, or belongs to somebody else
            }
        }
        return sessions;
    }

    private void readSlots(SharedSegment segment) {
        for (int number = 1; number <= segment.slots(); number++) {
            ChildSlot slot = segment.slot(number);
            if (slot.state() != SlotState.UNUSED && slot.pid() > 0) {
                slot.session().read().ifPresent(view -> byPid.put(slot.pid(), view));
            }
        }
    }

    /** What the process is doing: what it says itself, unless the kernel knows better. */
    String state(ProcessTree.Entry process) {
        SessionView view = byPid.get(process.pid());
        String said = view == null ? "" : view.state().displayName();
        return said.isEmpty() || process.isOutOfAction() ? process.kernelState() : said;
    }

    /** Whether it is at work, but has no client. */
    boolean isWaiting(ProcessTree.Entry process) {
        return state(process).equals(ActivityState.WAITING.displayName());
    }

    /** Whom it serves, as {@code user@database address}; empty if nobody. */
    String client(int pid) {
        SessionView view = byPid.get(pid);
        if (view == null || view.identity().user().isEmpty()) {
            return "";
        }
        SessionIdentity who = view.identity();
        return (who.user() + "@" + who.database() + " " + who.remote()).strip();
    }
}
