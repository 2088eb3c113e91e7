package dev.postmaster.shmem;

import dev.postmaster.core.WorkerCheck;
import dev.postmaster.core.WorkerStart;
import java.util.OptionalLong;

/**
 * One worker slot (BW-9). Nobody locks it to read: {@code in_use} is set after everything else was written and cleared
 * after everything else was read, and every access to a word is ordered. Whoever fills a free one claims it first, because
 * the postmaster registers workers while children do, and takes no lock. What a reader finds may be garbage left by a child
 * that went mad; every accessor answers something harmless then.
 */
public final class WorkerSlot {
    /** Registered, and not started yet. */
    public static final int NOT_STARTED = -1;

    /** Not running now: it ended, or never will start. */
    public static final int STOPPED = 0;

    private static final int FREE = 0;
    private static final int IN_USE = 1;

    /** A child fills it, or died when it did: registrars, of whom there is one at a time, take it for free. */
    private static final int CLAIMED_BY_CHILD = 2;

    private static final int CLAIMED_BY_POSTMASTER = 3;

    private final Words words;
    private final int number;
    private final int offset;

    WorkerSlot(Words words, int number, int offset) {
        this.words = words;
        this.number = number;
        this.offset = offset;
    }

    /** 0 to the number of worker slots less 1. */
    public int number() {
        return number;
    }

    // Postmaster

    /** Puts a worker into a slot of a fresh segment that no child has seen yet (BW-8). Its generation is 0. */
    public void place(WorkerRecord record) {
        write(record);
        words.setInt(offset + SegmentLayout.WORKER_IN_USE, IN_USE);
    }

    /**
     * Puts a worker of the configuration into a slot of a segment that children use.
     *
     * @return the new generation, which no handle of an earlier worker knows; nothing if the slot is not free
     */
    public OptionalLong placeAnew(WorkerRecord record) {
        return claim(FREE, CLAIMED_BY_POSTMASTER) ? OptionalLong.of(fill(record)) : OptionalLong.empty();
    }

    /** Says which process runs it, or {@link #STOPPED} (BW-16, BW-24). */
    public void publishPid(int pid) {
        words.setInt(offset + SegmentLayout.WORKER_PID, pid);
    }

    /** Forgets the registration: from here on anybody may take the slot (BW-25). */
    public void free() {
        words.setInt(offset + SegmentLayout.WORKER_IN_USE, FREE);
    }

    // Children

    /** Fills a free slot; only {@link WorkerRegistrar} does, which keeps others away. The new generation, if it was free. */
    OptionalLong take(WorkerRecord record) {
        return claim(FREE, CLAIMED_BY_CHILD) || claim(CLAIMED_BY_CHILD, CLAIMED_BY_CHILD)
                ? OptionalLong.of(fill(record))
                : OptionalLong.empty();
    }

    private boolean claim(int from, int as) {
        return words.compareAndSetInt(offset + SegmentLayout.WORKER_IN_USE, from, as);
    }

    private long fill(WorkerRecord record) {
        long generation = generation() + 1;
        words.setLong(offset + SegmentLayout.WORKER_GENERATION, generation);
        write(record);
        words.setInt(offset + SegmentLayout.WORKER_IN_USE, IN_USE);
        return generation;
    }

    /**
     * Asks for the end of one registration, and of no other that may have the slot by now (BW-13). Whoever asks for an
     * older one comes too late and changes nothing.
     */
    public void requestTermination(long generation) {
        while (true) {
            long before = words.getLong(offset + SegmentLayout.WORKER_TERMINATE);
            if (before > generation
                    || words.compareAndSetLong(offset + SegmentLayout.WORKER_TERMINATE, before, generation + 1)) {
                return;
            }
        }
    }

    /** Who runs this registration: a pid, {@link #NOT_STARTED} or {@link #STOPPED} (BW-12). */
    public int pidOf(long generation) {
        boolean before = generation() == generation;
        int pid = pid();
        return before && isInUse() && generation() == generation ? pid : STOPPED;
    }

    // Anybody

    /** Whether there is a registration; to be asked before anything else. */
    public boolean isInUse() {
        return words.getInt(offset + SegmentLayout.WORKER_IN_USE) == IN_USE;
    }

    /** Whether the present registration shall end. */
    public boolean isToTerminate() {
        return words.getLong(offset + SegmentLayout.WORKER_TERMINATE) == generation() + 1;
    }

    /** How often the slot was taken in this segment. */
    public long generation() {
        return words.getLong(offset + SegmentLayout.WORKER_GENERATION);
    }

    /** The pid, {@link #NOT_STARTED} or {@link #STOPPED}; any other number below 0 is none of ours. */
    public int pid() {
        return Math.max(NOT_STARTED, words.getInt(offset + SegmentLayout.WORKER_PID));
    }

    /**
     * A copy of what was registered (BW-19). Names have only printable ASCII and blanks, other bytes are question marks;
     * the argument comes as it is, for it means something to the worker only.
     */
    public WorkerRecord record() {
        long restart = words.getLong(offset + SegmentLayout.WORKER_RESTART);
        return new WorkerRecord(
                name(SegmentLayout.WORKER_NAME, WorkerRecord.NAME_BYTES),
                name(SegmentLayout.WORKER_TYPE, WorkerRecord.NAME_BYTES),
                words.getInt(offset + SegmentLayout.WORKER_FLAGS),
                EnumWords.constantOf(
                        WorkerStart.values(),
                        words.getInt(offset + SegmentLayout.WORKER_START),
                        WorkerStart.RECOVERY_FINISHED),
                WorkerCheck.isValidInterval(restart) ? restart : WorkerCheck.NEVER_RESTART,
                name(SegmentLayout.WORKER_LIBRARY, WorkerRecord.LIBRARY_BYTES),
                name(SegmentLayout.WORKER_FUNCTION, WorkerRecord.NAME_BYTES),
                Texts.get(words, offset + SegmentLayout.WORKER_ARGUMENT, WorkerRecord.ARGUMENT_BYTES),
                Math.max(0, words.getInt(offset + SegmentLayout.WORKER_NOTIFY)));
    }

    private void write(WorkerRecord record) {
        words.setLong(offset + SegmentLayout.WORKER_TERMINATE, 0);
        words.setInt(offset + SegmentLayout.WORKER_PID, NOT_STARTED);
        words.setInt(offset + SegmentLayout.WORKER_FLAGS, record.flags());
        words.setInt(offset + SegmentLayout.WORKER_START, EnumWords.wordOf(record.start()));
        words.setLong(offset + SegmentLayout.WORKER_RESTART, record.restartSeconds());
        words.setInt(offset + SegmentLayout.WORKER_NOTIFY, record.notifyPid());
        put(SegmentLayout.WORKER_NAME, WorkerRecord.NAME_BYTES, record.name());
        put(SegmentLayout.WORKER_TYPE, WorkerRecord.NAME_BYTES, record.type());
        put(SegmentLayout.WORKER_LIBRARY, WorkerRecord.LIBRARY_BYTES, record.library());
        put(SegmentLayout.WORKER_FUNCTION, WorkerRecord.NAME_BYTES, record.function());
        put(SegmentLayout.WORKER_ARGUMENT, WorkerRecord.ARGUMENT_BYTES, record.argument());
    }

    private void put(int field, int capacity, String text) {
        Texts.put(words, offset + field, capacity, text);
    }

    /** As {@code ascii_safe_strlcpy} copies it, except that one character of several bytes gives one question mark. */
    private String name(int field, int capacity) {
        StringBuilder safe = new StringBuilder(Texts.get(words, offset + field, capacity));
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            boolean blank = c == '\n' || c == '\r' || c == '\t';
            if (!blank && (c < ' ' || c > '~')) {
                safe.setCharAt(i, '?');
            }
        }
        return safe.toString();
    }
}
