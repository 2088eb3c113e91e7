package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, -4711, Integer.MIN_VALUE})
    void killingEverybodyCannotBeWritten(int notAChild) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pid(notAChild));
    }

    @Test
    void readsLikeANumber() {
        assertThat(new Pid(4711)).hasToString("4711");
    }
}
