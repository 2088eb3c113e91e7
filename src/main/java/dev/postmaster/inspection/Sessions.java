package dev.postmaster.inspection;

import dev.postmaster.shmem.ActivityState;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SessionIdentity;
import dev.postmaster.shmem.SessionView;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.SlotState;
import java.util.HashMap;
import java.util.Map;

/** What the children say of themselves in the shared segment. */
public final class Sessions {
    /** Of nobody anything is known. */
    public static final Sessions UNKNOWN = new Sessions(Map.of());

    private final Map<Integer, SessionView> byPid;

    private Sessions(Map<Integer, SessionView> byPid) {
        this.byPid = byPid;
    }

    /** Looks at every slot once, and writes nothing. */
    public static Sessions read(SharedSegment segment) {
        var byPid = new HashMap<Integer, SessionView>();
        for (int number = 1; number <= segment.slots(); number++) {
            ChildSlot slot = segment.slot(number);
            if (slot.state() != SlotState.UNUSED && slot.pid() > 0) {
                slot.session().read().ifPresent(view -> byPid.put(slot.pid(), view));
            }
        }
        return new Sessions(byPid);
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
