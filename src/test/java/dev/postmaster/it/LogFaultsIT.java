package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the log does when somebody takes its directory away: the service goes on, and the log comes back by itself. */
class LogFaultsIT {
    private static final List<String> FILES = List.of("pm.log", "pm.csv", "pm.json");

    @Test
    void filesAndDirectoryThatWereDeletedAreThereAgainWithTheNextRecords() throws Exception {
        try (var postmaster = start()) {
            Path directory = postmaster.dataDirectory().resolve("log");
            awaitInAll(postmaster, "before");
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            awaitInAll(postmaster, "afterwards");
            assertThat(postmaster.psql("-Atc", "select 1").out()).isEqualTo("1\n");
        }
    }

    /** Decision 0052: also a syslogger that starts meanwhile drains the pipe, and counts what it cannot write. */
    @Test
    void withoutAUsableDirectoryTheServiceGoesOnAndTheLossIsToldLater_LOG31() throws Exception {
        try (var postmaster = start()) {
            awaitInAll(postmaster, "before");
            Path directory = postmaster.dataDirectory().resolve("log");
            Files.move(directory, directory.resolveSibling("log.away"));
            Files.createFile(directory);
            RunningPostmaster.signal(syslogger(postmaster), "KILL");
            for (int i = 0; i < 20; i++) {
                assertThat(postmaster.psql("-c", "selct 'meanwhile'").err()).contains("syntax error");
            }
            Files.delete(directory);
            awaitInAll(postmaster, "afterwards");
            awaitIn(postmaster, "pm.log", "bytes of log output could not be written and are lost");
        }
    }

    private static RunningPostmaster start() {
        var postmaster = RunningPostmaster.launchOnly(
                "logging_collector=on", "log_destination=stderr,csvlog,jsonlog", "log_filename=pm.log");
        try {
            awaitIn(postmaster, "pm.log", "ready to accept connections");
            return postmaster;
        } catch (AssertionError e) {
            postmaster.close();
            throw e;
        }
    }

    /** Makes an error with this word until it is in every file: one may still go to a file that nobody sees. */
    private static void awaitInAll(RunningPostmaster postmaster, String word) {
        Deadline.await(word + " in all files", RunningPostmaster.PATIENCE, () -> {
            postmaster.psql("-c", "selct '" + word + "'");
            return FILES.stream().allMatch(file -> read(postmaster, file).contains("selct '" + word + "'"));
        });
    }

    private static void awaitIn(RunningPostmaster postmaster, String file, String text) {
        Deadline.await(text + " in " + file, RunningPostmaster.PATIENCE, () -> read(postmaster, file)
                .contains(text));
    }

    private static String read(RunningPostmaster postmaster, String file) {
        try {
            return Files.readString(postmaster.dataDirectory().resolve("log").resolve(file));
        } catch (IOException notThere) {
            return "";
        }
    }

    private static int syslogger(RunningPostmaster postmaster) {
        return Proc.childrenOf(postmaster.pid()).stream()
                .filter(pid -> Proc.commandLine(pid).contains("--forkchild=syslogger"))
                .findFirst()
                .orElseThrow();
    }
}
