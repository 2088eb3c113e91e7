package dev.postmaster.shmem;

/**
 * What the startup process has done so far, for the probes: recovery that advances is alive, however long it takes.
 * Written by the startup process only.
 */
public final class RecoveryProgress {
    private final Words words;

    RecoveryProgress(Words words) {
        this.words = words;
    }

    /** Enters a phase, with the number of databases it has to go through. */
    public void enter(RecoveryPhase phase, int databases) {
        words.setInt(SegmentLayout.RECOVERY_DONE, 0);
        words.setInt(SegmentLayout.RECOVERY_TOTAL, databases);
        words.setInt(SegmentLayout.RECOVERY_PHASE, EnumWords.wordOf(phase));
        tick();
    }

    /** One database is done. */
    public void databaseDone() {
        words.setInt(SegmentLayout.RECOVERY_DONE, databasesDone() + 1);
        tick();
    }

    /** Some work was done, too small to be named. */
    public void tick() {
        words.addLong(SegmentLayout.RECOVERY_TICKS, 1);
    }

    /** The phase last entered; {@code NOT_STARTED} if the word makes no sense. */
    public RecoveryPhase phase() {
        int word = words.getInt(SegmentLayout.RECOVERY_PHASE);
        return EnumWords.constantOf(RecoveryPhase.values(), word, RecoveryPhase.NOT_STARTED);
    }

    public int databasesDone() {
        return words.getInt(SegmentLayout.RECOVERY_DONE);
    }

    public int databases() {
        return words.getInt(SegmentLayout.RECOVERY_TOTAL);
    }

    /** Grows with every step; recovery advances if two readings differ. */
    public long ticks() {
        return words.getLong(SegmentLayout.RECOVERY_TICKS);
    }
}
