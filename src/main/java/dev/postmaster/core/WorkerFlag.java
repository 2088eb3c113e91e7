package dev.postmaster.core;

/** What a background worker asks for (BW-2), as bits of its flags word. */
public enum WorkerFlag {
    /** Shared memory; every worker must have it. */
    SHARED_MEMORY(0x0001),
    /** Access to a database. */
    DATABASE_ACCESS(0x0002),
    /** One of a group that works on one task; such workers are counted against a limit of their own. */
    PARALLEL(0x0010);

    private final int bit;

    WorkerFlag(int bit) {
        this.bit = bit;
    }

    public int bit() {
        return bit;
    }

    /** Whether a flags word has it. */
    public boolean isIn(int flags) {
        return (flags & bit) != 0;
    }
}
