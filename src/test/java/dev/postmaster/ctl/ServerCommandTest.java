package dev.postmaster.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.Sig;
import dev.postmaster.os.SpawnPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCommandTest {
    private static ServerCommand command(String options, String... words) {
        return new ServerCommand(((Parsed.Run) Arguments.parse(List.of(words), Map.of())).request(), options);
    }

    @Test
    void theShellBecomesTheServer_CTL6() {
        assertThat(command("-p 5433", "start", "-D", "/my data", "-p", "/opt/it's", "-l", "/my log")
                        .text())
                .isEqualTo("exec '/opt/it'\\''s' -D '/my data' -p 5433 < /dev/null >> '/my log' 2>&1");
    }

    @Test
    void withoutALogTheOutputStaysWhereItIs() {
        assertThat(command("", "start", "-D", "/d", "-p", "x").text()).isEqualTo("exec 'x' -D '/d' < /dev/null 2>&1");
    }

    @Test
    void rootIsAllowedOnlyOnRequest_CTL2() {
        assertThat(command("", "start", "-D", "/d", "-p", "x", "--allow-root").text())
                .isEqualTo("exec 'x' -D '/d' -c allow_root=on < /dev/null 2>&1");
    }

    @Test
    void theServerLearnsWhoseNumberIsNoServers_DD13() {
        SpawnPlan plan = command("", "start", "-D", "/d", "-p", "x").plan(4711, Map.of("HOME", "/root"));
        assertThat(plan.environment()).containsExactly("HOME=/root", "PG_GRANDPARENT_PID=4711", "_JAVA_SR_SIGNUM=60");
        assertThat(plan.blocked().contains(Sig.QUIT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /j/java -jar /x/run.jar "-D" "data" "-p" "5433"         | "-p" "5433"
            /j/java -jar /x/run.jar "-c" "a=b c" "-D" "/my data"    | "-c" "a=b c"
            /j/java -jar /x/run.jar "-D" "a" "-D" "b"               | ``
            /x/postmaster                                           | ``
            """)
    void aRestartTakesTheRecordedOptionsButNotTheDirectory_CTL8(String line, String options) {
        assertThat(RestartCommand.optionsIn(line)).isEqualTo(options);
    }
}
