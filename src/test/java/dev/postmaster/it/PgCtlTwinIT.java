package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code bin/pmctl} beside PostgreSQL's pg_ctl: the same commands in the same situations, with the same words and exit
 * statuses, each with its own server. Where they differ on purpose says decision 62; none of that is here.
 */
class PgCtlTwinIT {
    private final List<Connection> sessions = new ArrayList<>();
    private Pmctl ours;
    private PgCtl theirs;
    private Twin pmctl;
    private Twin pgCtl;

    /** What is changed before a command is run; it stays until something changes it again. */
    enum Before {
        NOTHING,
        EMPTY_DIRECTORY,
        CLUSTER,
        EMPTY_PID_FILE,
        GARBAGE_IN_PID_FILE,
        DEAD_SERVER,
        NO_PID_FILE,
        A_SESSION
    }

    /** {@code DATA}, {@code LOG} and {@code OPTIONS} stand for what each needs. */
    private record Row(Before before, String command) {
        static Row of(String command) {
            return new Row(Before.NOTHING, command);
        }
    }

    /**
     * One of the two programs.
     *
     * @param directory where its data directory is, or will be
     * @param options what {@code -o} must say for a server that is in nobody's way
     * @param create makes a cluster
     */
    private record Twin(
            Path directory, int port, String options, Runnable create, Function<String[], Outcome> program) {
        Outcome run(String command) {
            List<String> words = new ArrayList<>();
            for (String word : command.split(" ", -1)) {
                switch (word) {
                    case "" -> {}
                    case "DATA" -> words.add(directory.resolve("data").toString());
                    case "LOG" -> words.add(directory.resolve("log").toString());
                    case "OPTIONS" -> words.add(options);
                    default -> words.add(word);
                }
            }
            return normal(program.apply(words.toArray(String[]::new)));
        }

        /** Without what must differ: names, paths, numbers of processes, how long it took, the server's command line. */
        Outcome normal(Outcome outcome) {
            return new Outcome(outcome.status(), normal(outcome.out()), normal(outcome.err()));
        }

        private String normal(String text) {
            return text.replace(directory.toString(), "DIRECTORY")
                    .replace("/usr/lib/postgresql/15/bin/pg_ctl", "pmctl")
                    .replace("pg_ctl", "pmctl")
                    .replaceAll("\\.{3,}", "...")
                    .replaceAll("(?s)(server is running \\(PID: )\\d+\\)\n.*", "$1N)\nCOMMAND\n");
        }
    }

    private static final List<Row> STORY = List.of(
            Row.of("status -D DATA"),
            Row.of("start -D DATA"),
            Row.of("stop -D DATA"),
            Row.of("status"),
            Row.of(""),
            Row.of("frob -D DATA"),
            Row.of("stop -m frob -D DATA"),
            Row.of("stop -D"),
            Row.of("--frob"),
            Row.of("kill"),
            Row.of("kill FOO 1"),
            Row.of("kill TERM"),
            Row.of("kill TERM 999999999"),
            new Row(Before.EMPTY_DIRECTORY, "status -D DATA"),
            Row.of("start -D DATA"),
            Row.of("reload -D DATA"),
            new Row(Before.CLUSTER, "status -D DATA"),
            Row.of("status -s -D DATA"),
            Row.of("stop -D DATA"),
            Row.of("reload -D DATA"),
            Row.of("promote -D DATA"),
            Row.of("logrotate -D DATA"),
            Row.of("restart -D DATA -p /bin/false"),
            Row.of("start -D DATA -p /bin/false"),
            Row.of("start -s -D DATA -p /bin/false"),
            Row.of("start -W -D DATA -p /bin/false"),
            new Row(Before.EMPTY_PID_FILE, "status -D DATA"),
            Row.of("stop -D DATA"),
            new Row(Before.GARBAGE_IN_PID_FILE, "status -D DATA"),
            Row.of("reload -D DATA"),
            new Row(Before.DEAD_SERVER, "status -D DATA"),
            Row.of("stop -D DATA"),
            Row.of("reload -D DATA"),
            Row.of("logrotate -D DATA"),
            Row.of("promote -D DATA"),
            Row.of("start -D DATA -p /bin/false"),
            Row.of("restart -D DATA -p /bin/false -o x"),
            new Row(Before.NO_PID_FILE, "start -D DATA -l LOG -o OPTIONS"),
            Row.of("status -D DATA"),
            Row.of("start -D DATA -l LOG"),
            Row.of("status -D DATA"),
            Row.of("reload -D DATA"),
            Row.of("reload -s -D DATA"),
            Row.of("promote -D DATA"),
            Row.of("logrotate -D DATA"),
            Row.of("restart -D DATA -l LOG"),
            Row.of("restart -s -D DATA -l LOG -m immediate"),
            Row.of("stop -D DATA -m smart"),
            Row.of("restart -D DATA -l LOG"),
            new Row(Before.A_SESSION, "stop -D DATA -m s -t 1"),
            Row.of("stop -D DATA -m f"),
            Row.of("status -D DATA"),
            Row.of("start -s -D DATA -l LOG -o OPTIONS"),
            Row.of("stop -s -D DATA -m i"),
            Row.of("status -D DATA"));

    @BeforeEach
    void create() {
        assumeTrue(PgCtl.isInstalled(), "Debian's package postgresql-15 is missing");
        ours = new Pmctl();
        theirs = new PgCtl();
        pmctl = new Twin(ours.directory(), ours.port(), ours.serverOptions(), ours::init, ours::plain);
        pgCtl = new Twin(theirs.directory(), theirs.port(), theirs.serverOptions(), theirs::init, theirs::run);
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection session : sessions) {
            session.close();
        }
        if (PgCtl.isInstalled()) {
            ours.close();
            theirs.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> sameCommandSameWordsSameStatus() {
        return STORY.stream()
                .map(row -> DynamicTest.dynamicTest("pg_ctl " + row.command() + " with " + row.before(), () -> {
                    prepare(row.before());
                    assertThat(pmctl.run(row.command())).isEqualTo(pgCtl.run(row.command()));
                }));
    }

    @Test
    void neitherRunsAsRoot_CTL2() {
        assumeTrue(System.getProperty("user.name").equals("root"));
        assertThat(Outcome.of(new ProcessBuilder("bin/pmctl", "status", "-D", "/nowhere")))
                .isEqualTo(pgCtl.normal(theirs.runUnchanged("status", "-D", "/nowhere")));
    }

    private void prepare(Before before) throws IOException, SQLException {
        for (Twin twin : List.of(pmctl, pgCtl)) {
            Path data = twin.directory().resolve("data");
            Path pidFile = data.resolve("postmaster.pid");
            switch (before) {
                case NOTHING -> {}
                case EMPTY_DIRECTORY -> Files.createDirectory(data);
                case CLUSTER -> {
                    Files.delete(data);
                    twin.create().run();
                }
                case EMPTY_PID_FILE -> Files.writeString(pidFile, "");
                case GARBAGE_IN_PID_FILE -> Files.writeString(pidFile, "abc\n");
                case DEAD_SERVER -> Files.writeString(pidFile, "999999999\n");
                case NO_PID_FILE -> Files.delete(pidFile);
                case A_SESSION ->
                    sessions.add(DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + twin.port() + "/postgres?user=postgres&sslmode=disable"));
            }
        }
    }
}
