package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the same psql makes PostgreSQL and us say, in the csv and JSON files of both: column by column. */
class LogColumnsIT {
    private static final String[] SETTINGS = {
        "logging_collector=on",
        "log_destination=csvlog,jsonlog",
        "log_filename=pm.log",
        "log_timezone=UTC",
        "log_connections=on",
        "log_min_error_statement=warning"
    };

    private static final List<String> STATEMENTS = List.of(
            "create table fruit (id int primary key, name text not null)",
            "insert into fruit values (1, 'apple')",
            "commit",
            "selct 'needle, with \"quotes\"'",
            "select no_such_column from fruit",
            "select 1 from no_such_table",
            "select\n\t1 / 0");

    /**
     * Times, numbers of processes and sessions, transactions, which no engine of ours has; and what {@code ps} shows, because
     * PostgreSQL says there what it does only when it has parsed it.
     */
    private static final Set<Integer> OWN = Set.of(1, 4, 5, 6, 8, 9, 10, 11);

    private static final Set<String> OWN_KEYS =
            Set.of("timestamp", "pid", "remote_port", "session_id", "session_start", "txid", "ps");

    private static final String FAULTS = "c12 in ('ERROR', 'WARNING')";

    /** The first record of a session, which does not know yet whom it serves. */
    private static final String ARRIVALS = "c14 like 'connection received: host=127.0.0.1 port=%'";

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{3})? UTC";

    private static String[] with(String[] settings, String another) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = another;
        return all;
    }

    @Test
    void whatAClientCausesHasTheSameColumnsAsInPostgresql_LOG23_LOG24() throws Exception {
        assumeTrue(RealPostgres.isInstalled(), "no PostgreSQL 15 on this system");
        try (var postgres = RealPostgres.start(SETTINGS);
                // A process that had other clients before goes on counting its lines (decision 103).
                var postmaster = RunningPostmaster.launchOnly(with(SETTINGS, "sessions_per_backend=1"))) {
            Path log = postmaster.dataDirectory().resolve("log");
            Deadline.await("ready", RunningPostmaster.PATIENCE, () -> text(log.resolve("pm.json"))
                    .contains("ready to accept connections"));
            for (String statement : STATEMENTS) {
                psql(postgres.port(), statement);
                psql(postmaster.port(), statement);
            }
            Deadline.await(
                    "the last error",
                    RunningPostmaster.PATIENCE,
                    () -> text(log.resolve("pm.json")).contains("1 / 0")
                            && text(log.resolve("pm.csv")).contains("1 / 0")
                            && postgres.read("log/pm.json").contains("1 / 0"));
            compareCsv(postgres.read("log/pm.csv"), text(log.resolve("pm.csv")));
            assertThat(records(text(log.resolve("pm.json"))))
                    .hasSizeGreaterThan(3)
                    .isEqualTo(records(postgres.read("log/pm.json")));
        }
    }

    private static void compareCsv(String theirs, String ours) throws Exception {
        String comparable = columns(IntStream.rangeClosed(1, 26).filter(n -> !OWN.contains(n)));
        assertThat(imported(ours, comparable)).isEqualTo(imported(theirs, comparable));
        assertThat(imported(ours, "c2, c3, c8, c12, c13, c23", ARRIVALS))
                .isEqualTo(imported(theirs, "c2, c3, c8, c12, c13, c23", ARRIVALS));
        String shapes = TIME + "@\\d+@127\\.0\\.0\\.1:\\d+@[0-9a-f]+\\.[0-9a-f]+@" + TIME;
        for (String text : List.of(theirs, ours)) {
            for (String where : List.of(FAULTS, ARRIVALS)) {
                assertThat(imported(text, "c1, c4, c5, c6, c9", where).lines())
                        .hasSizeGreaterThan(3)
                        .allMatch(line -> line.matches(shapes), shapes);
            }
        }
    }

    private static String columns(IntStream numbers) {
        return numbers.mapToObj(n -> "c" + n).collect(Collectors.joining(", "));
    }

    private static String imported(String csv, String columns) throws Exception {
        return imported(csv, columns, FAULTS);
    }

    /** These columns of these records, as SQLite's own importer reads the file. */
    private static String imported(String csv, String columns, String where) throws Exception {
        Path file = Files.createTempFile("log", ".csv");
        Files.writeString(file, csv);
        Outcome outcome = Outcome.of(new ProcessBuilder(
                "sqlite3",
                "-separator",
                "@",
                ":memory:",
                "create table log(" + columns(IntStream.rangeClosed(1, 26)) + ")",
                ".import --csv " + file + " log",
                "select " + columns + " from log where " + where + " order by c1"));
        Files.delete(file);
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }

    /** What each arrival, error and warning says, key by key in their order; of what cannot be the same, only its type. */
    private static List<List<String>> records(String text) {
        return text.lines()
                .map(LogColumnsIT::json)
                .filter(object ->
                        isArrival(object) || List.of("ERROR", "WARNING").contains(object.getString("error_severity")))
                .map(LogColumnsIT::shape)
                .toList();
    }

    private static boolean isArrival(JsonObject object) {
        return object.getString("message").startsWith("connection received: ");
    }

    /**
     * Without the virtual transaction, which we never have. An arrival has a port of its own in its message, and PostgreSQL
     * does not know yet what that process will be.
     */
    private static List<String> shape(JsonObject object) {
        Set<String> ofArrivals = isArrival(object) ? Set.of("message", "backend_type") : Set.of();
        List<String> shape = new ArrayList<>();
        object.forEach((key, value) -> {
            if (!key.equals("vxid")) {
                boolean own = OWN_KEYS.contains(key) || ofArrivals.contains(key);
                shape.add(key + "=" + (own ? value.getValueType() : value));
            }
        });
        return shape;
    }

    private static JsonObject json(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    private static void psql(int port, String statement) {
        Outcome.of(new ProcessBuilder(
                "psql",
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                "postgres",
                "-d",
                "postgres",
                "-c",
                statement));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }
}
