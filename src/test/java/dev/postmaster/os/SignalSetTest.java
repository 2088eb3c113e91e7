package dev.postmaster.os;

import static dev.postmaster.core.Sig.HUP;
import static dev.postmaster.core.Sig.QUIT;
import static dev.postmaster.core.Sig.TERM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignalSetTest {
    @Test
    void blockSigIsEverythingButFaultsAndContinue() {
        for (int signal = 1; signal <= 31; signal++) {
            boolean left = List.of(4, 5, 6, 7, 8, 11, 18, 31).contains(signal);
            assertThat(SignalSet.BLOCK_SIG.containsAll(new SignalSet(1L << (signal - 1))))
                    .as("signal %d (CH-14)", signal)
                    .isEqualTo(!left);
        }
    }

    @Test
    void blockSigLeavesTheCLibraryItsOwnTwo() {
        assertThat(SignalSet.BLOCK_SIG.bits() & 0b11L << 31).isZero();
        assertThat(SignalSet.BLOCK_SIG.bits() >>> 33).isEqualTo(0x7fff_ffffL);
    }

    @Test
    void aSetIsBuiltFromNames() {
        SignalSet set = SignalSet.of(HUP, TERM);
        assertThat(set.bits()).isEqualTo(0b100_0000_0000_0001);
        assertThat(set.contains(TERM)).isTrue();
        assertThat(set.without(TERM)).isEqualTo(SignalSet.of(HUP));
        assertThat(set.without(QUIT)).isEqualTo(set);
        assertThat(SignalSet.NONE.contains(HUP)).isFalse();
    }

    @Test
    void theKernelsFormTellsTheSameSet() {
        assertThat(SignalSet.ofNative(SignalSet.BLOCK_SIG.toNative())).isEqualTo(SignalSet.BLOCK_SIG);
    }
}
