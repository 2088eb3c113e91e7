package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ExitStatus;
import org.junit.jupiter.api.Test;

/** SG-37. */
class ExitWordsTest {

    @Test
    void anExitCodeIsNamed() {
        assertThat(ExitWords.of("server process", 4711, new ExitStatus.Code(2)))
                .isEqualTo("server process (PID 4711) exited with exit code 2");
    }

    @Test
    void aSignalIsNamedAndDescribed() {
        assertThat(ExitWords.of("checkpointer process", 12, new ExitStatus.Killed(9)))
                .isEqualTo("checkpointer process (PID 12) was terminated by signal 9: Killed");
        assertThat(ExitWords.of("server process", 12, new ExitStatus.Killed(11)))
                .isEqualTo("server process (PID 12) was terminated by signal 11: Segmentation fault");
    }

    @Test
    void lastWordsAreAsciiAndShort() {
        assertThat(ExitWords.statement("select 'é',\n\t1;\u0007\u007f")).isEqualTo("select '??',\n\t1;??");
        assertThat(ExitWords.statement("x".repeat(2000))).hasSize(1023);
        assertThat(ExitWords.statement("é".repeat(2000))).isEqualTo("?".repeat(1023));
    }

    @Test
    void aSignalWithoutANameIsStillNumbered() {
        assertThat(ExitWords.of("server process", 12, new ExitStatus.Killed(40)))
                .isEqualTo("server process (PID 12) was terminated by signal 40: Unknown signal 40");
    }
}
