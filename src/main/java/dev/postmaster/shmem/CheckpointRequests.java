package dev.postmaster.shmem;

import java.util.EnumSet;
import java.util.Set;

/**
 * How any process asks the checkpointer for a checkpoint and learns when it is done (PostgreSQL's {@code
 * CheckpointerShmemStruct}). The wanted flags and the number of checkpoints begun share one word, so that a request
 * knows exactly which checkpoint takes it: the next to begin. PostgreSQL needs a spinlock for this; a child that dies
 * here leaves nothing locked.
 *
 * <p>Requester: {@link #request}, SIGINT to {@link #checkpointerPid()}, then look at {@link #isDone} from time to time.
 * Checkpointer: {@link #begin()}, work, {@link #end}.
 */
public final class CheckpointRequests {
    private static final long COUNT_MASK = 0xFFFF_FFFFL;

    private final Words words;

    CheckpointRequests(Words words) {
        this.words = words;
    }

    /** The process to wake with SIGINT; 0 while there is none. */
    public int checkpointerPid() {
        return words.getInt(SegmentLayout.CHECKPOINTER_PID);
    }

    /** Called by the checkpointer when it starts, with its own pid. */
    public void announceCheckpointer(int pid) {
        words.setInt(SegmentLayout.CHECKPOINTER_PID, pid);
    }

    /** Asks for a checkpoint; the result is the number of the one that will serve this request. */
    public long request(Set<CheckpointFlag> flags) {
        long wanted = bits(flags) << Integer.SIZE;
        while (true) {
            long before = words.getLong(SegmentLayout.CHECKPOINT_TICKET);
            if (words.compareAndSetLong(SegmentLayout.CHECKPOINT_TICKET, before, before | wanted)) {
                return (before & COUNT_MASK) + 1;
            }
        }
    }

    /** Whether somebody asked since the last {@link #begin()}, and for what. */
    public Set<CheckpointFlag> pending() {
        return flags(words.getLong(SegmentLayout.CHECKPOINT_TICKET));
    }

    /** Takes all requests made so far and begins the checkpoint that serves them. */
    public Set<CheckpointFlag> begin() {
        while (true) {
            long before = words.getLong(SegmentLayout.CHECKPOINT_TICKET);
            long next = ((before & COUNT_MASK) + 1) & COUNT_MASK;
            if (words.compareAndSetLong(SegmentLayout.CHECKPOINT_TICKET, before, next)) {
                return flags(before);
            }
        }
    }

    /** Ends the checkpoint that was begun last; the failure is counted first, so that a waiter cannot miss it. */
    public void end(boolean succeeded) {
        if (!succeeded) {
            words.addLong(SegmentLayout.CHECKPOINT_FAILURES, 1);
        }
        words.setLong(SegmentLayout.CHECKPOINT_DONE, started());
    }

    /** Number of checkpoints begun in this life of the segment. */
    public long started() {
        return words.getLong(SegmentLayout.CHECKPOINT_TICKET) & COUNT_MASK;
    }

    /** Whether the checkpoint of this number has ended. */
    public boolean isDone(long number) {
        return words.getLong(SegmentLayout.CHECKPOINT_DONE) >= number;
    }

    /** Number of the last checkpoint that has ended, well or not. */
    public long ended() {
        return words.getLong(SegmentLayout.CHECKPOINT_DONE);
    }

    /** Number of failed checkpoints; a requester compares it before and after. */
    public long failures() {
        return words.getLong(SegmentLayout.CHECKPOINT_FAILURES);
    }

    private static long bits(Set<CheckpointFlag> flags) {
        long bits = 0;
        for (CheckpointFlag flag : flags) {
            bits |= flag.bit();
        }
        return bits;
    }

    private static Set<CheckpointFlag> flags(long word) {
        Set<CheckpointFlag> flags = EnumSet.noneOf(CheckpointFlag.class);
        for (CheckpointFlag flag : CheckpointFlag.values()) {
            if (((word >>> Integer.SIZE) & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
