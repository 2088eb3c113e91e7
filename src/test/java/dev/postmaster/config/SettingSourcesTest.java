package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {
    @TempDir
    private Path directory;

    private SettingSources sources(Map<String, String> commandLine, Map<String, String> properties) {
        Map<String, String> withDirectory = new HashMap<>(commandLine);
        withDirectory.put("data_directory", directory.toString());
        return SettingSources.of(withDirectory, name -> Optional.ofNullable(properties.get(name)));
    }

    private SettingSources sources() {
        return sources(Map.of(), Map.of());
    }

    private void configure(String... lines) throws IOException {
        Files.writeString(directory.resolve("postmaster.conf"), String.join("\n", lines) + "\n");
    }

    @Test
    void theCommandLineIsStrongerThanTheFileAndTheFileThanProperties() throws IOException {
        configure("port = 2", "max_connections = 20");
        Map<String, String> properties =
                Map.of("postmaster.port", "3", "postmaster.max-connections", "30", "postmaster.max-wal-senders", "5");
        Settings settings = sources(Map.of("port", "1"), properties).load();
        assertThat(settings.get(Guc.PORT)).isEqualTo(1);
        assertThat(settings.get(Guc.MAX_CONNECTIONS)).isEqualTo(20);
        assertThat(settings.get(Guc.MAX_WAL_SENDERS)).isEqualTo(5);
    }

    @Test
    void theLastLineOfTheFileWins() throws IOException {
        configure("port = 5433", "PORT = 5434");
        assertThat(sources().load().get(Guc.PORT)).isEqualTo(5434);
    }

    @Test
    void theDataDirectoryIsAbsolute() {
        SettingSources sources = SettingSources.of(Map.of("data_directory", "some/../data"), name -> Optional.empty());
        Path expected = Path.of("data").toAbsolutePath();
        assertThat(sources.configFile()).isEqualTo(expected.resolve("postmaster.conf"));
        assertThat(sources.load().get(Guc.DATA_DIRECTORY)).isEqualTo(expected.toString());
    }

    @Test
    void withoutADataDirectoryThereIsNoStart() {
        ReportException refused = catchThrowableOfType(
                ReportException.class, () -> SettingSources.of(Map.of(), name -> Optional.empty()));
        assertThat(refused.report().severity()).isEqualTo(Severity.FATAL);
        assertThat(refused.report().hint()).contains("-D").contains("PGDATA");
    }

    @Test
    void theFileCannotSayWhereItIs() throws IOException {
        configure("data_directory = '/elsewhere'", "config_file = 'another.conf'");
        assertThat(catchThrowableOfType(ReportException.class, () -> sources().load())
                        .report()
                        .detail())
                .contains("line 1: parameter \"data_directory\" cannot be set in a configuration file")
                .contains("line 2: parameter \"config_file\" cannot be set in a configuration file");
    }

    @Test
    void anotherFileStandsInForTheOneInTheDirectory() throws IOException {
        configure("port = 1");
        Path other = Files.writeString(directory.resolve("other.conf"), "include 'more.conf'\n");
        Files.writeString(directory.resolve("more.conf"), "port = 2\n");
        SettingSources sources = sources(Map.of(), Map.of("postmaster.config-file", other.toString()));
        assertThat(sources.configFile()).isEqualTo(other);
        assertThat(sources.load().get(Guc.PORT)).isEqualTo(2);
    }

    @Test
    void aFileThatWasNamedMustBeThere() {
        SettingSources sources =
                sources(Map.of("config_file", directory.resolve("missing.conf").toString()), Map.of());
        assertThat(catchThrowableOfType(ReportException.class, sources::load)
                        .report()
                        .detail())
                .endsWith("missing.conf\": No such file or directory");
    }

    @Test
    void everythingWrongIsToldAtOnceWithItsPlace() throws IOException {
        configure("port = 0", "porrt = 1", "max_wal_size = 10mb", "crash_scope");
        SettingSources sources =
                sources(Map.of("max_wal_senders", "many"), Map.of("postmaster.hot-standby", "perhaps"));
        Report report =
                catchThrowableOfType(ReportException.class, sources::load).report();
        String at = "file \"" + directory.resolve("postmaster.conf") + "\" line ";
        assertThat(report.severity()).isEqualTo(Severity.FATAL);
        assertThat(report.message()).isEqualTo("the settings contain errors");
        assertThat(String.valueOf(report.detail()).lines())
                .containsExactlyInAnyOrder(
                        at + "4: syntax error, near end of line",
                        "property \"postmaster.hot-standby\": parameter \"hot_standby\" requires a Boolean value",
                        at + "1: 0 is outside the valid range for parameter \"port\" (1 .. 65535)",
                        at + "2: unrecognized configuration parameter \"porrt\"",
                        at + "3: invalid value for parameter \"max_wal_size\": \"10mb\" (Valid units for this parameter"
                                + " are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".)",
                        "command line: invalid value for parameter \"max_wal_senders\": \"many\"");
    }

    @Test
    void allKindsOfBackendsTogetherHaveALimit_PM59() throws IOException {
        configure("max_connections = 262143");
        assertThat(catchThrowableOfType(ReportException.class, () -> sources().load())
                        .report()
                        .detail())
                .isEqualTo("too many backends configured (262165, at most 262143)");
    }

    @Test
    void aReloadTakesWhatMayChangeAndTellsWhatNeedsARestart_SG32() throws IOException {
        Settings before = sources().load();
        configure("port = 5433", "log_connections = on", "authentication_timeout = 30s");
        Reload.Applied reload = (Reload.Applied) sources().reload(before);
        assertThat(reload.settings().get(Guc.PORT)).isEqualTo(5432);
        assertThat(reload.settings().get(Guc.LOG_CONNECTIONS)).isTrue();
        assertThat(reload.reports())
                .extracting(Report::message)
                .containsExactly(
                        "parameter \"port\" cannot be changed without restarting the server",
                        "parameter \"authentication_timeout\" changed to \"30s\"",
                        "parameter \"log_connections\" changed to \"on\"");
    }

    @Test
    void aLineThatIsGoneMeansTheDefaultAgain() throws IOException {
        configure("log_connections = on");
        Settings before = sources().load();
        configure("");
        Reload.Applied reload = (Reload.Applied) sources().reload(before);
        assertThat(reload.settings().get(Guc.LOG_CONNECTIONS)).isFalse();
    }

    @Test
    void aReloadWithAnyErrorChangesNothing() throws IOException {
        Settings before = sources().load();
        configure("log_connections = on", "log_disconnections = perhaps");
        Reload.Rejected rejected = (Reload.Rejected) sources().reload(before);
        assertThat(rejected.report().severity()).isEqualTo(Severity.LOG);
        assertThat(rejected.report().message())
                .isEqualTo("configuration file \"" + directory.resolve("postmaster.conf")
                        + "\" contains errors; no changes were applied");
        assertThat(rejected.report().detail()).contains("line 2").contains("log_disconnections");
    }

    @Test
    void aFileThatIsGoneAtAReloadChangesNothing() throws IOException {
        configure("log_connections = on");
        SettingSources sources = sources();
        Settings before = sources.load();
        Files.delete(directory.resolve("postmaster.conf"));
        Reload.Rejected rejected = (Reload.Rejected) sources.reload(before);
        assertThat(rejected.report().detail()).contains("could not open configuration file");
    }
}
