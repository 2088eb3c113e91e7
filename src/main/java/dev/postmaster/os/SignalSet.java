package dev.postmaster.os;

import dev.postmaster.core.Sig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An immutable set of signals, in the kernel's own form.
 *
 * @param bits bit {@code n - 1} stands for signal {@code n}, as in the lines SigBlk and SigIgn of
 *     {@code /proc/PID/status}
 */
public record SignalSet(long bits) {
    /** No signal. */
    public static final SignalSet NONE = new SignalSet(0);

    /**
     * PostgreSQL's BlockSig (CH-14): everything except SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGCONT and
     * SIGSYS. Signals 32 and 33 are also left out: the C library keeps them for itself.
     */
    public static final SignalSet BLOCK_SIG = new SignalSet(~bits(4, 5, 6, 7, 8, 11, 18, 31, 32, 33));

    /** sizeof(sigset_t): the C library leaves room for signals no kernel has. */
    static final int NATIVE_SIZE = 128;

    public static SignalSet of(Sig... sigs) {
        SignalSet set = NONE;
        for (Sig sig : sigs) {
            set = new SignalSet(set.bits | bits(sig.number()));
        }
        return set;
    }

    /** The same set less one signal, as in {@code BLOCK_SIG.without(QUIT)} (CH-33). */
    public SignalSet without(Sig sig) {
        return new SignalSet(bits & ~bits(sig.number()));
    }

    public boolean contains(Sig sig) {
        return containsAll(of(sig));
    }

    public boolean containsAll(SignalSet other) {
        return (other.bits & ~bits) == 0;
    }

    byte[] toNative() {
        return ByteBuffer.allocate(NATIVE_SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong(0, bits)
                .array();
    }

    static SignalSet ofNative(byte[] sigset) {
        return new SignalSet(
                ByteBuffer.wrap(sigset).order(ByteOrder.nativeOrder()).getLong(0));
    }

    private static long bits(int... signals) {
        long bits = 0;
        for (int signal : signals) {
            bits |= 1L << (signal - 1);
        }
        return bits;
    }
}
