package dev.postmaster.shmem;

/**
 * Where everything lies: byte offsets from the start of the segment, and within a slot from the start of the slot. A
 * change here needs a new {@link #VERSION}. Groups that different processes write are kept 64 bytes apart, so that they
 * do not share a cache line.
 */
final class SegmentLayout {
    /** "PMSHMEM" and a line end, so that a text file never passes. */
    static final long MAGIC_VALUE = 0x504D53484D454D0AL;

    static final int VERSION_VALUE = 3;

    static final int MAGIC = 0;
    static final int VERSION = 8;
    static final int GENERATION = 12;
    static final int SIZE = 16;
    static final int CREATOR = 24;
    static final int SLOTS = 28;
    static final int QUIT_REASON = 32;
    static final int WORKERS = 36;

    /** One word for each {@link PmSignal}. */
    static final int PMSIGNALS = 64;

    static final int CHECKPOINTER_PID = 128;
    static final int CHECKPOINT_TICKET = 136;
    static final int CHECKPOINT_DONE = 144;
    static final int CHECKPOINT_FAILURES = 152;

    static final int RECOVERY_PHASE = 192;
    static final int RECOVERY_TOTAL = 196;
    static final int RECOVERY_DONE = 200;
    static final int RECOVERY_TICKS = 208;

    static final int FIRST_SLOT = 256;

    static final int SLOT_STATE = 0;
    static final int SLOT_KIND = 4;
    static final int SLOT_PID = 8;
    static final int SLOT_TENANCY = 12;
    /** One long for each {@link SlotCounter}. */
    static final int SLOT_COUNTERS = 16;

    static final int SLOT_CHANGES = 80;
    static final int SLOT_ACTIVITY = 84;
    static final int SLOT_SESSION_START = 88;
    static final int SLOT_ACTIVITY_START = 96;
    /** Texts: a length word, then as many bytes of UTF-8 as fit. */
    static final int SLOT_USER = 104;

    static final int SLOT_DATABASE = 172;
    static final int SLOT_APPLICATION = 240;
    static final int SLOT_REMOTE = 308;
    static final int SLOT_QUERY = 376;

    /** 63 bytes is the longest name PostgreSQL knows. */
    static final int NAME_BYTES = 64;
    /** {@code track_activity_query_size} less the terminating byte (SG-37). */
    static final int QUERY_BYTES = 1023;

    /** Three longs: see {@link StartTimes}. */
    static final int SLOT_ENTERED = 1408;

    static final int SLOT_BORN = 1416;
    static final int SLOT_READY = 1424;

    static final int SLOT_STRIDE = 1472;

    static final int WORKER_IN_USE = 0;
    static final int WORKER_PID = 4;
    static final int WORKER_GENERATION = 8;
    /** The generation that shall end, plus 1; 0 if none shall. */
    static final int WORKER_TERMINATE = 16;

    static final int WORKER_FLAGS = 24;
    static final int WORKER_START = 28;
    static final int WORKER_RESTART = 32;
    static final int WORKER_NOTIFY = 40;
    static final int WORKER_NAME = 44;
    static final int WORKER_TYPE = WORKER_NAME + textBytes(WorkerRecord.NAME_BYTES);
    static final int WORKER_FUNCTION = WORKER_TYPE + textBytes(WorkerRecord.NAME_BYTES);
    static final int WORKER_LIBRARY = WORKER_FUNCTION + textBytes(WorkerRecord.NAME_BYTES);
    static final int WORKER_ARGUMENT = WORKER_LIBRARY + textBytes(WorkerRecord.LIBRARY_BYTES);
    static final int WORKER_STRIDE = 2432;

    private SegmentLayout() {}

    /** Start of a slot; slots are numbered from 1 as in PostgreSQL, 0 means none. */
    static int slotOffset(int slot) {
        return FIRST_SLOT + (slot - 1) * SLOT_STRIDE;
    }

    /** Start of a worker slot, behind all child slots; worker slots are numbered from 0 as in PostgreSQL. */
    static int workerOffset(int slots, int worker) {
        return slotOffset(slots + 1) + worker * WORKER_STRIDE;
    }

    /** Room for a text and its length, in whole words. */
    private static int textBytes(int capacity) {
        return Integer.BYTES + Math.ceilDiv(capacity, Integer.BYTES) * Integer.BYTES;
    }

    /** Bytes of a whole segment; beyond {@link Integer#MAX_VALUE} it cannot be mapped. */
    static long segmentSize(long slots, long workers) {
        return FIRST_SLOT + slots * SLOT_STRIDE + workers * WORKER_STRIDE;
    }
}
