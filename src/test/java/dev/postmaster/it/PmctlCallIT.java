package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call {@code bin/pmctl}, and how a shell helps. */
class PmctlCallIT {
    @Test
    void rootIsRefusedUnlessAllowed_CTL2() {
        assumeTrue(System.getProperty("user.name").equals("root"));
        var builder = new ProcessBuilder("bin/pmctl", "status", "-D", "/nowhere");
        assertThat(Outcome.of(builder)).isEqualTo(new Outcome(1, "", """
                        pmctl: cannot be run as root
                        Please log in (using, e.g., "su") as the (unprivileged) user that will
                        own the server process.
                        """));
        assertThat(Outcome.of(new ProcessBuilder("bin/pmctl", "--version")).status())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            st                 | start stop status start-worker stop-worker
            -D d stop -m f     | fast
            kill H             | HUP
            log --l            | --level
            start --l          | --log
            `stop `             | ``
            """)
    void bashCompletesCommandsAndOptions(String typed, String offered) {
        String script = "source bin/pmctl-completion.bash; COMP_WORDS=(pmctl \"$@\"); COMP_CWORD=$#; _pmctl;"
                + " echo \"${COMPREPLY[*]}\"";
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(List.of(typed.split(" ", -1)));
        assertThat(Outcome.of(new ProcessBuilder(command))).isEqualTo(new Outcome(0, offered + "\n", ""));
    }
}
