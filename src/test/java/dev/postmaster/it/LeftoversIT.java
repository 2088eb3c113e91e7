package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a session in its process, in shared memory and in the log's words about the process: nothing. */
class LeftoversIT {
    private static final String CANARY = "canary_of_the_session_before";

    private static RunningPostmaster postmaster;

    @BeforeAll
    static void start() {
        postmaster = RunningPostmaster.start("spares_min=1", "sessions_per_backend=0", "log_line_prefix=%p <%a %i> ");
    }

    @AfterAll
    static void stop() {
        postmaster.close();
    }

    private static Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("ApplicationName", CANARY);
        return postmaster.connect("postgres", properties);
    }

    private static void awaitOver(int process) {
        Deadline.await("the process waits for the next client", RunningPostmaster.PATIENCE, () -> "/dev/null"
                .equals(Proc.descriptorsOf(process).get(0)));
    }

    private static String ps() {
        return Outcome.of(new ProcessBuilder(
                        "bin/pmctl",
                        "--allow-root",
                        "ps",
                        "-D",
                        postmaster.dataDirectory().toString()))
                .out();
    }

    @Test
    void whatOthersSeeOfIt() throws SQLException {
        int process;
        try (Connection before = connect()) {
            process = RunningPostmaster.backendPid(before);
            before.createStatement().execute("select '" + CANARY + "'");
        }
        Deadline.await(
                "nothing of it is left in shared memory", RunningPostmaster.PATIENCE, () -> !ps().contains(CANARY));

        try (Connection next = Successor.of(postmaster, process)) {
            assertThat(next.isValid(30)).isTrue();
            assertThat(ps()).doesNotContain(CANARY);
        }
    }

    @Test
    void whatTheLogSays() throws SQLException {
        int process;
        try (Connection before = connect()) {
            process = RunningPostmaster.backendPid(before);
            fail(before, "nothing_before");
        }
        try (Connection next = Successor.of(postmaster, process)) {
            fail(next, "nothing_after");
        }
        assertThat(logged(process, "nothing_before")).contains(CANARY);
        assertThat(logged(process, "nothing_after")).doesNotContain(CANARY);
    }

    private static void fail(Connection session, String table) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("select * from " + table);
            throw new AssertionError(table + " is there");
        } catch (SQLException expected) {
            postmaster.awaitLog("relation \"" + table + "\" does not exist");
        }
    }

    private static String logged(int process, String words) {
        return postmaster.log().stream()
                .filter(line -> line.startsWith(process + " <") && line.contains(words))
                .findFirst()
                .orElseThrow();
    }

    /** Asks the JVM for all objects that it can still reach: text, values, names, settings, buffers. */
    @Test
    void whatTheHeapHolds(@TempDir Path directory) throws SQLException {
        int process;
        try (Connection before = connect();
                Statement statement = before.createStatement();
                PreparedStatement asked = before.prepareStatement("select ? || v from t_" + CANARY)) {
            process = RunningPostmaster.backendPid(before);
            statement.execute("create temp table t_" + CANARY + " (v text)");
            statement.execute("insert into t_" + CANARY + " values ('" + CANARY + "')");
            statement.execute("set my.own = '" + CANARY + "'");
            statement.execute("prepare p_" + CANARY + " as select '" + CANARY + "'");
            statement.execute("begin");
            asked.setString(1, CANARY);
            assertThat(asked.execute()).isTrue();
            assertThat(isInHeap(process, directory.resolve("during"))).isTrue();
        }
        awaitOver(process);

        assertThat(isInHeap(process, directory.resolve("after"))).isFalse();
    }

    private static boolean isInHeap(int process, Path dump) {
        Outcome outcome = Outcome.of(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Integer.toString(process),
                "GC.heap_dump",
                dump.toString()));
        assertThat(dump).as(outcome.out() + outcome.err()).exists();
        return Proc.read(dump).contains(CANARY);
    }
}
