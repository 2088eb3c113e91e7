package dev.postmaster.os;

/**
 * An immutable set of signals, in the kernel's own form.
 *
 * @param bits bit {@code n - 1} stands for signal {@code n}
 */
public record SignalSet(long bits) {
    /** No signal. */
    public static final SignalSet NONE = new SignalSet(0);

    /**
     * PostgreSQL's BlockSig (CH-14): everything except SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGCONT and
     * SIGSYS, and except 32 and 33, which belong to the C library.
     */
    public static final SignalSet BLOCK_SIG = new SignalSet(~bits(4, 5, 6, 7, 8, 11, 18, 31, 32, 33));

    private static long bits(int... signals) {
        long bits = 0;
        for (int signal : signals) {
            bits |= 1L << (signal - 1);
        }
        return bits;
    }
}
