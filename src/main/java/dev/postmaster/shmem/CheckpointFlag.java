package dev.postmaster.shmem;

/**
 * What a checkpoint was asked for, in the order and the words of PostgreSQL's "checkpoint starting" line. The last one
 * is ours: there every checkpoint makes the checkpointer close the files of dropped relations.
 */
public enum CheckpointFlag {
    SHUTDOWN("shutdown"),
    END_OF_RECOVERY("end-of-recovery"),
    /** Without pauses. */
    IMMEDIATE("immediate"),
    /** Even if nothing was written since the last one. */
    FORCE("force"),
    /** Somebody waits for it. */
    WAIT("wait"),
    /** The log grew too long. */
    WAL("wal"),
    /** {@code checkpoint_timeout} is over. */
    TIME("time"),
    /** The checkpointer closes all databases afterwards, for a second, so that one can be dropped. */
    LET_GO("let-go");

    private final String word;

    CheckpointFlag(String word) {
        this.word = word;
    }

    /** The word in the log line. */
    public String word() {
        return word;
    }

    int bit() {
        return 1 << EnumWords.wordOf(this);
    }
}
