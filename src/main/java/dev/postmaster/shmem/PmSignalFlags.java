package dev.postmaster.shmem;

/**
 * The pmsignal flags: one word per reason (SG-27). A child raises a flag and then sends SIGUSR1; equal reasons coalesce.
 * The postmaster tests and clears each flag before it acts on it.
 */
public final class PmSignalFlags {
    private final Words words;

    PmSignalFlags(Words words) {
        this.words = words;
    }

    /** Child side, before the signal. */
    public void raise(PmSignal signal) {
        words.setInt(offset(signal), 1);
    }

    /** Postmaster side: whether the flag was up; it is down afterwards. */
    public boolean testAndClear(PmSignal signal) {
        return words.swapInt(offset(signal), 0) != 0;
    }

    private static int offset(PmSignal signal) {
        return SegmentLayout.PMSIGNALS + EnumWords.wordOf(signal) * Integer.BYTES;
    }
}
