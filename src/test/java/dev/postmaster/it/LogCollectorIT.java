package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The log path with real processes (pg_ctl 004, and what LOG-1 to LOG-8 promise). */
class LogCollectorIT {
    private static final String[] ALL = {
        "logging_collector=on", "log_destination=stderr,csvlog,jsonlog,console", "log_filename=pm.log"
    };

    @Test
    void anErrorOfPsqlIsInAllFilesAndOnTheConsole() throws Exception {
        try (var postmaster = startCollecting(ALL)) {
            postmaster.psql("-c", "selct 'needle'");
            awaitIn(postmaster, "pm.log", "STATEMENT:  selct 'needle'");
            assertThat(read(postmaster, "pm.log"))
                    .contains("ERROR:  syntax error at or near \"selct\" at character 1\n");
            awaitIn(postmaster, "pm.csv", "\"selct 'needle'\"");
            assertThat(read(postmaster, "pm.csv"))
                    .containsPattern("\"postgres\",\"postgres\",\\d+,\"127.0.0.1:\\d+\",.*,ERROR,42601,");
            awaitIn(postmaster, "pm.json", "\"statement\":\"selct 'needle'\"");
            assertThat(read(postmaster, "pm.json"))
                    .containsPattern("\"user\":\"postgres\",\"dbname\":\"postgres\".*\"state_code\":\"42601\"");
            postmaster.awaitLog("ERROR:  postmaster: syntax error at or near \"selct\"");
            assertThat(current(postmaster).lines())
                    .containsExactly("stderr log/pm.log", "csvlog log/pm.csv", "jsonlog log/pm.json");
            csvLoadsIntoSqlite(postmaster.dataDirectory().resolve("log/pm.csv"));
        }
    }

    @Test
    void aSessionHasOneIdFromItsFirstLineToItsLast() throws Exception {
        try (var postmaster = startCollecting(
                "logging_collector=on", "log_destination=jsonlog", "log_filename=pm.log", "log_connections=on")) {
            postmaster.psql("-c", "selct 'needle'");
            awaitIn(postmaster, "pm.json", "\"statement\":\"selct 'needle'\"");
            assertThat(read(postmaster, "pm.json")
                            .lines()
                            .filter(line -> line.contains("\"backend_type\":\"client backend\""))
                            .map(line -> line.replaceFirst(".*\"session_id\":\"([^\"]+)\".*", "$1")))
                    .hasSizeGreaterThan(2)
                    .containsOnly(sessionOfTheError(read(postmaster, "pm.json")));
        }
    }

    private static String sessionOfTheError(String json) {
        return json.lines()
                .filter(line -> line.contains("selct"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*\"session_id\":\"([^\"]+)\".*", "$1");
    }

    private static void csvLoadsIntoSqlite(Path csv) {
        String columns =
                Stream.iterate(1, n -> n + 1).limit(26).map(n -> "c" + n).collect(Collectors.joining(","));
        Outcome outcome = Outcome.of(new ProcessBuilder(
                "sqlite3",
                ":memory:",
                "create table log(" + columns + ")",
                ".import --csv " + csv + " log",
                "select c2, c3, c13, c20 from log where c12 = 'ERROR'"));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().strip()).isEqualTo("postgres|postgres|42601|selct 'needle'");
    }

    @Test
    void inAContainerAnErrorIsALineOfJsonOnTheConsole() throws Exception {
        try (var postmaster = RunningPostmaster.startUnder(List.of("env", "QUARKUS_PROFILE=container"), ALL)) {
            postmaster.psql("-c", "selct 'needle'");
            postmaster.awaitLog("selct 'needle'");
            assertThat(postmaster.log())
                    .filteredOn(line -> line.contains("selct 'needle'"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("{")
                            .contains("\"level\":\"ERROR\"", "\"message\":\"syntax error at or near \\\"selct\\\"\"")
                            .contains("\"state_code\":\"42601\"", "\"user\":\"postgres\"", "\"dbname\":\"postgres\"")
                            .contains("\"statement\":\"selct 'needle'\"", "\"backend_type\":\"client backend\""));
        }
    }

    @Test
    void sqlBeginsNewFiles() throws Exception {
        try (var postmaster = startCollecting("logging_collector=on", "log_filename=%s.log")) {
            String before = current(postmaster);
            Deadline.await("a file named after another second", RunningPostmaster.PATIENCE, () -> {
                assertThat(postmaster.psql("-Atc", "select pg_rotate_logfile()"))
                        .isEqualTo(new Outcome(0, "t\n", ""));
                return !current(postmaster).equals(before);
            });
        }
    }

    @Test
    void withoutACollectorSqlIsToldThatThereIsNothingToRotate() {
        try (var postmaster = RunningPostmaster.start()) {
            assertThat(postmaster.psql("-Atc", "select pg_rotate_logfile()"))
                    .isEqualTo(new Outcome(
                            0, "f\n", "WARNING:  rotation not possible because log collection not active\n"));
        }
    }

    @Test
    void theLastWordOfAShutdownIsCollectedAndShown_LOG7() throws Exception {
        try (var postmaster = startCollecting(ALL)) {
            postmaster.signal("INT");
            assertThat(postmaster.awaitExit()).isZero();
            postmaster.awaitLog("database system is shut down");
            awaitIn(postmaster, "pm.log", "LOG:  database system is shut down");
        }
    }

    @Test
    void aSysloggerThatIsKilledIsReplacedAndNobodyElseNotices_LOG8() throws Exception {
        try (var postmaster = startCollecting(ALL);
                var session = postmaster.connect()) {
            long victim = syslogger(postmaster);
            RunningPostmaster.signal(victim, "KILL");
            awaitIn(postmaster, "pm.log", "(PID " + victim + ") was terminated by signal 9");
            assertThat(read(postmaster, "pm.log")).doesNotContain("terminating any other active server processes");
            assertThat(session.isValid(30)).isTrue();
            postmaster.psql("-c", "selct 'afterwards'");
            awaitIn(postmaster, "pm.log", "selct 'afterwards'");
        }
    }

    @Test
    void theFileLogrotateBeginsNewFiles_SG27() throws Exception {
        try (var postmaster = startCollecting("logging_collector=on", "log_filename=%s.log")) {
            String before = current(postmaster);
            Path request = postmaster.dataDirectory().resolve("logrotate");
            Deadline.await("a file named after another second", RunningPostmaster.PATIENCE, () -> {
                touch(request);
                postmaster.signal("USR1");
                return !current(postmaster).equals(before);
            });
            Deadline.await("the request is taken", RunningPostmaster.PATIENCE, () -> !Files.exists(request));
        }
    }

    @Test
    void theSysloggerOutlivesAPostmasterThatIsKilledAndCollectsItsChildrensLastWords_LOG6() throws Exception {
        try (var postmaster = startCollecting(ALL);
                var session = postmaster.connect()) {
            assertThat(session.isValid(30)).isTrue();
            long syslogger = syslogger(postmaster);
            for (String harmless : List.of("INT", "TERM", "QUIT", "USR2")) {
                RunningPostmaster.signal(syslogger, harmless);
            }
            postmaster.signal("KILL");
            postmaster.awaitExit();
            awaitIn(postmaster, "pm.log", "FATAL:  terminating connection due to unexpected postmaster exit");
            Proc.awaitEnd(syslogger); // it leaves with the last writer
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenStopsTheStart_LOG2() throws IOException {
        Path file = Files.createTempFile("not-a-directory", "");
        try (var postmaster = RunningPostmaster.launchOnly("logging_collector=on", "log_directory=" + file)) {
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            postmaster.awaitLog("FATAL:  could not open log file \"" + file);
        } finally {
            Files.delete(file);
        }
    }

    private static RunningPostmaster startCollecting(String... settings) {
        var postmaster = RunningPostmaster.launchOnly(settings);
        try {
            Deadline.await("ready", RunningPostmaster.PATIENCE, () -> logs(postmaster)
                    .contains("ready to accept connections"));
            return postmaster;
        } catch (AssertionError e) {
            postmaster.close();
            throw new AssertionError(e.getMessage() + "; log:\n" + String.join("\n", postmaster.log()), e);
        }
    }

    private static String logs(RunningPostmaster postmaster) {
        Path directory = postmaster.dataDirectory().resolve("log");
        if (!Files.isDirectory(directory)) {
            return "";
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(LogCollectorIT::read).collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(RunningPostmaster postmaster, String file) {
        return read(postmaster.dataDirectory().resolve("log").resolve(file));
    }

    private static void awaitIn(RunningPostmaster postmaster, String file, String text) {
        Deadline.await(text + " in " + file, RunningPostmaster.PATIENCE, () -> read(postmaster, file)
                .contains(text));
    }

    private static String current(RunningPostmaster postmaster) {
        return read(postmaster.dataDirectory().resolve("current_logfiles"));
    }

    private static long syslogger(RunningPostmaster postmaster) {
        return Proc.childrenOf(postmaster.pid()).stream()
                .filter(pid -> Proc.commandLine(pid).contains("--forkchild=syslogger"))
                .findFirst()
                .orElseThrow();
    }
}
