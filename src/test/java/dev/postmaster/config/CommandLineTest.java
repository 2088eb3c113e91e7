package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.config.CommandLine.Print;
import dev.postmaster.config.CommandLine.Refused;
import dev.postmaster.config.CommandLine.Serve;
import dev.postmaster.config.CommandLine.ShowSetting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(arguments, Map.of(), "postmaster 1.0");
    }

    @Test
    void everyOptionIsASetting_PM1() {
        assertThat(parse(
                        "-D",
                        "/data",
                        "-p",
                        "5433",
                        "-h",
                        "*",
                        "-k",
                        "/run",
                        "-N",
                        "20",
                        "-c",
                        "a=b",
                        "--log-line-prefix=x=y"))
                .isEqualTo(new Serve(Map.of(
                        "data_directory", "/data",
                        "port", "5433",
                        "listen_addresses", "*",
                        "unix_socket_directories", "/run",
                        "max_connections", "20",
                        "a", "b",
                        "log_line_prefix", "x=y")));
    }

    @Test
    void lettersAndTheirArgumentsMayStandTogether() {
        assertThat(parse("-ip5433")).isEqualTo(new Serve(Map.of("listen_addresses", "*", "port", "5433")));
    }

    @Test
    void theLastOptionWins() {
        assertThat(parse("-p", "1", "-c", "port=2")).isEqualTo(new Serve(Map.of("port", "2")));
    }

    @Test
    void theEnvironmentNamesTheDataDirectoryIfNoOptionDoes() {
        Map<String, String> environment = Map.of("PGDATA", "/env");
        assertThat(CommandLine.parse(new String[0], environment, ""))
                .isEqualTo(new Serve(Map.of("data_directory", "/env")));
        assertThat(CommandLine.parse(new String[] {"-D", "/arg"}, environment, ""))
                .isEqualTo(new Serve(Map.of("data_directory", "/arg")));
    }

    @Test
    void debuggingAlsoLogsConnections() {
        assertThat(parse("-d", "2"))
                .isEqualTo(new Serve(
                        Map.of("log_min_messages", "debug2", "log_connections", "on", "log_disconnections", "on")));
        assertThat(parse("-d0")).isEqualTo(new Serve(Map.of("log_min_messages", "notice")));
    }

    @Test
    void oneSettingCanBeAskedFor_PM1Step5() {
        assertThat(parse("-C", "port", "-p", "5433")).isEqualTo(new ShowSetting("port", Map.of("port", "5433")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-?"})
    void helpNamesEveryOption(String option) {
        assertThat(parse("-p", "1", option)).isInstanceOfSatisfying(Print.class, help -> assertThat(help.text())
                .contains("Usage:", "-c ", "-C ", "-d ", "-D ", "-h ", "-i ", "-k ", "-N ", "-p ", "--NAME=VALUE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void theVersionIsPrinted(String option) {
        assertThat(parse(option)).isEqualTo(new Print("postmaster 1.0\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start|invalid argument: \"start\"",
                "-|invalid argument: \"-\"",
                "--|invalid argument: \"--\"",
                "-Q|invalid option -- 'Q'",
                "-iQ|invalid option -- 'Q'",
                "-p|option requires an argument -- 'p'",
                "-d9|invalid debugging level: \"9\"",
            })
    void whatIsNotUnderstoodPointsToHelp_PM1(String argument, String problem) {
        assertThat(parse(argument))
                .isEqualTo(
                        new Refused("postmaster: " + problem + "\nTry \"postmaster --help\" for more information.\n"));
    }

    @Test
    void anAssignmentNeedsAValue_PM1() {
        assertThat(parse("--port")).isEqualTo(new Refused("postmaster: --port requires a value\n"));
        assertThat(parse("-c", "port")).isEqualTo(new Refused("postmaster: -c port requires a value\n"));
    }
}
