package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.Function;
import dev.postmaster.core.Sig;
import dev.postmaster.core.WorkerStart;
import dev.postmaster.core.worker.RestartTerms;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerSettingsTest {
    private static WorkerDefinition only(String... namesAndValues) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put("worker.w." + namesAndValues[i], namesAndValues[i + 1]);
        }
        List<WorkerDefinition> all = WorkerSettings.definitions(Settings.ofNonDefaults(texts));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void aCommandAloneIsAWorkerWithPostgresqlsTerms() {
        WorkerDefinition worker = only("command", "sleep 60");

        assertThat(worker.name()).isEqualTo("w");
        assertThat(worker.type()).isEqualTo("w");
        assertThat(worker.start()).isEqualTo(WorkerStart.RECOVERY_FINISHED);
        assertThat(worker.restart()).isEqualTo(RestartTerms.every(Duration.ofSeconds(60)));
        Command command = (Command) worker.work();
        assertThat(command.argv()).containsExactly("sleep", "60");
        assertThat(command.stop())
                .isEqualTo(new WorkerDefinition.Stop(Sig.TERM, Duration.ofSeconds(10), Optional.empty()));
        assertThat(command.health()).isEmpty();
        assertThat(worker.problem()).isEmpty();
    }

    @Test
    void everyParameterArrives() {
        WorkerDefinition worker = only(
                "command",
                "prog",
                "type",
                "pump",
                "autostart",
                "off",
                "start",
                "postmaster_start",
                "restart",
                "always",
                "restart_interval",
                "2s",
                "restart_interval_max",
                "1min",
                "restart_limit",
                "5",
                "restart_window",
                "10min",
                "stop_signal",
                "INT",
                "stop_timeout",
                "3",
                "reload_signal",
                "hup",
                "environment",
                "A=1 'B=two words'",
                "directory",
                "/tmp",
                "user",
                "nobody",
                "limits",
                "nofile=64,as=unlimited",
                "health_command",
                "check it",
                "health_interval",
                "7",
                "health_timeout",
                "2",
                "health_retries",
                "4");

        assertThat(worker)
                .isEqualTo(new WorkerDefinition(
                        "w",
                        "pump",
                        false,
                        WorkerStart.POSTMASTER_START,
                        new RestartTerms(Duration.ofSeconds(2), Duration.ofMinutes(1), 5, Duration.ofMinutes(10), true),
                        new Command(
                                List.of("prog"),
                                "",
                                List.of("A=1", "B=two words"),
                                "/tmp",
                                "nobody",
                                List.of("nofile=64", "as=unlimited"),
                                new WorkerDefinition.Stop(Sig.INT, Duration.ofSeconds(3), Optional.of(Sig.HUP)),
                                Optional.of(new WorkerDefinition.HealthCheck(
                                        List.of("check", "it"), Duration.ofSeconds(7), Duration.ofSeconds(2), 4)))));
        assertThat(worker.problem()).isEmpty();
    }

    @Test
    void aFunctionOfTheServerNeedsNoLibrary() {
        WorkerDefinition worker = only("function", "backup", "argument", "every=1h", "database_access", "on");

        assertThat(worker.work()).isEqualTo(new Function("postmaster", "backup", "every=1h", true));
        assertThat(worker.problem()).isEmpty();
    }

    @Test
    void bw4TheIntervalCanBeNeverAndAsLongAsPostgresqls() {
        assertThat(only("restart_interval", "never").restart().interval()).isEqualTo(RestartTerms.NEVER);
        assertThat(only("restart_interval", "-1").restart().interval()).isEqualTo(RestartTerms.NEVER);
        assertThat(only("restart_interval", "86400000").restart().interval()).isEqualTo(Duration.ofDays(1_000));
        assertThatThrownBy(() -> only("restart_interval", "86400001"))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("(0 s .. 86400000 s)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    type=x                                                      | there is nothing to run
                    function=f database_access=on start=postmaster_start         | cannot request database access if starting at postmaster start
                    command=x function=f                                         | there is both a command and a function to run
                    command=x environment=HOME                                   | "HOME" is no environment variable
                    command=x limits=files=3                                     | "files=3" is no resource limit
                    command=x limits=nofile=many                                 | "nofile=many" is no resource limit
                    """)
    void bw5AWrongRegistrationIsToldByName(String parameters, String problem) {
        String[] texts = parameters.strip().split("[ ]+", -1);
        String[] namesAndValues = new String[2 * texts.length];
        for (int i = 0; i < texts.length; i++) {
            namesAndValues[2 * i] = texts[i].substring(0, texts[i].indexOf('='));
            namesAndValues[2 * i + 1] = texts[i].substring(texts[i].indexOf('=') + 1);
        }

        Report report = only(namesAndValues).problem().orElseThrow();

        assertThat(report.message()).isEqualTo("background worker \"w\": " + problem);
        assertThat(report.sqlState()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    }

    /** The launch of a program without a name would be a defect of ours, on the loop. */
    @ParameterizedTest
    @CsvSource({"worker.w.command", "worker.w.health_command", "backend_command"})
    void whatIsToBeRunHasAName(String setting) {
        assertThatThrownBy(() -> Settings.ofNonDefaults(Map.of(setting, "'' argument")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining(setting);
        assertThat(Settings.ofNonDefaults(Map.of(setting, "  ")).nonDefaults()).isEmpty();
    }

    @Test
    void workersComeInTheOrderOfTheFile(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("postmaster.conf"), """
                worker.second.command = '/bin/echo "two words"'
                Worker.First.Command = true
                worker.second.type = echo
                """);
        Settings settings = SettingSources.of(Map.of("data_directory", directory.toString()), name -> Optional.empty())
                .load();

        assertThat(WorkerSettings.definitions(settings))
                .extracting(WorkerDefinition::name)
                .containsExactly("second", "first");
    }

    @ParameterizedTest
    @CsvSource({"worker.w.colour", "worker.w", "worker..command", "worker.a-b.command", "worker.a.b.command"})
    void anUnknownParameterOrAWrongNameStopsTheStart(String name) {
        assertThatThrownBy(() -> Settings.ofNonDefaults(Map.of(name, "x")))
                .isInstanceOf(ReportException.class)
                .hasMessage("unrecognized configuration parameter \"" + name + "\"");
    }

    @Test
    void aReloadTakesOverNewChangedAndRemovedWorkersWithoutTellingTheirValues() {
        Settings before = Settings.ofNonDefaults(Map.of("worker.a.command", "x", "worker.b.command", "x"));
        Settings after = Settings.ofNonDefaults(
                Map.of("worker.b.command", "y", "worker.c.command", "x", "worker.c.environment", "SECRET=1"));

        Reload.Applied reload = Reload.of(before, after);

        assertThat(WorkerSettings.definitions(reload.settings())).isEqualTo(WorkerSettings.definitions(after));
        assertThat(reload.reports())
                .extracting(Report::message)
                .containsExactly(
                        "parameter \"worker.a.command\" changed",
                        "parameter \"worker.b.command\" changed",
                        "parameter \"worker.c.command\" changed",
                        "parameter \"worker.c.environment\" changed");
    }

    @Test
    void childrenAreNotToldWhatWorkersAreGiven() {
        Settings settings = Settings.ofNonDefaults(Map.of("worker.w.environment", "SECRET=1", "port", "5433"));

        assertThat(settings.withoutWorkers().nonDefaults()).containsOnlyKeys("port");
    }
}
