package dev.postmaster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.logpipe.RecordForm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The three forms of a record on its way to the syslogger (LOG-20 to LOG-24). */
class RecordFormsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00.123Z");
    private static final Instant START = Instant.parse("2026-11-22T16:59:58Z");
    private static final LogSource SESSION = LogSource.of(4711, "client backend", START)
            .serving(new LogSource.Session("ann", "shop", "psql", "10.0.0.7", 51000, "SELECT"));
    private static final Report ERROR = Report.of(Severity.ERROR, SqlState.SYNTAX_ERROR, "syntax error at \"selct\"")
            .withDetail("two\nlines")
            .withHint("try again")
            .withContext("here")
            .withStatement("selct 1")
            .withPosition(1);

    private final List<String> records = new ArrayList<>();
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();

    @Test
    void csvHasTwentySixColumns_LOG23() {
        log(SESSION, format(Verbosity.DEFAULT, EnumSet.of(RecordForm.CSV))).report(ERROR);
        assertThat(records)
                .containsExactly(
                        "CSV 2026-11-22 17:00:00.123 UTC,\"ann\",\"shop\",4711,\"10.0.0.7:51000\",6b031f8e.1267,1,"
                                + "\"SELECT\",2026-11-22 16:59:58 UTC,,0,ERROR,42601,\"syntax error at \"\"selct\"\"\","
                                + "\"two\nlines\",\"try again\",,,\"here\",\"selct 1\",1,,\"psql\",\"client backend\",,0\n");
    }

    @Test
    void csvOfAProcessWithoutAClientLeavesItsColumnsEmpty_LOG23() {
        LogSource checkpointer = LogSource.of(9, "checkpointer", START);
        log(checkpointer, format(Verbosity.DEFAULT, EnumSet.of(RecordForm.CSV))).log("hello");
        assertThat(records)
                .containsExactly(
                        "CSV 2026-11-22 17:00:00.123 UTC,,,9,,6b031f8e.9,1,,2026-11-22 16:59:58 UTC,,0,LOG,00000,"
                                + "\"hello\",,,,,,,,,\"\",\"checkpointer\",,0\n");
    }

    /** As PostgreSQL logs {@code connection received}: there is a client, but no user and no database. */
    @Test
    void aClientThatSaidNothingYetHasAnAddress_LOG23_LOG24() {
        LogSource client = LogSource.of(4711, "client backend", START)
                .serving(new LogSource.Session("", "", "", "10.0.0.7", 51000, ""));
        log(client, format(Verbosity.DEFAULT, EnumSet.of(RecordForm.CSV, RecordForm.JSON)))
                .log("hello");
        assertThat(records)
                .containsExactlyInAnyOrder(
                        "CSV 2026-11-22 17:00:00.123 UTC,,,4711,\"10.0.0.7:51000\",6b031f8e.1267,1,\"\","
                                + "2026-11-22 16:59:58 UTC,,0,LOG,00000,\"hello\",,,,,,,,,\"\",\"client backend\",,0\n",
                        "JSON {\"timestamp\":\"2026-11-22 17:00:00.123 UTC\",\"pid\":4711,\"remote_host\":\"10.0.0.7\","
                                + "\"remote_port\":51000,\"session_id\":\"6b031f8e.1267\",\"line_num\":1,\"ps\":\"\","
                                + "\"session_start\":\"2026-11-22 16:59:58 UTC\",\"txid\":0,\"error_severity\":\"LOG\","
                                + "\"message\":\"hello\",\"backend_type\":\"client backend\",\"query_id\":0}\n");
    }

    @Test
    void jsonHasPostgresKeysInPostgresOrder_LOG24() {
        log(SESSION, format(Verbosity.DEFAULT, EnumSet.of(RecordForm.JSON))).report(ERROR);
        assertThat(records)
                .containsExactly(
                        "JSON {\"timestamp\":\"2026-11-22 17:00:00.123 UTC\",\"user\":\"ann\",\"dbname\":\"shop\","
                                + "\"pid\":4711,\"remote_host\":\"10.0.0.7\",\"remote_port\":51000,\"session_id\":\"6b031f8e.1267\","
                                + "\"line_num\":1,\"ps\":\"SELECT\",\"session_start\":\"2026-11-22 16:59:58 UTC\",\"txid\":0,"
                                + "\"error_severity\":\"ERROR\",\"state_code\":\"42601\",\"message\":\"syntax error at \\\"selct\\\"\","
                                + "\"detail\":\"two\\nlines\",\"hint\":\"try again\",\"context\":\"here\",\"statement\":\"selct 1\","
                                + "\"cursor_position\":1,\"application_name\":\"psql\",\"backend_type\":\"client backend\","
                                + "\"query_id\":0}\n");
    }

    @Test
    void jsonEscapesWhatALineCannotHold_LOG24() {
        assertThat(new JsonLine().text("a", "\b\f\n\r\t\"\\\u0001é").end())
                .isEqualTo("{\"a\":\"\\b\\f\\n\\r\\t\\\"\\\\\\u0001é\"}\n");
    }

    @Test
    void everyDestinationGetsARecordOfItsOwnForm_LOG19() {
        Set<RecordForm> forms =
                LogFormat.formsFor(EnumSet.of(LogDestination.STDERR, LogDestination.JSONLOG, LogDestination.CONSOLE));
        log(SESSION, format(Verbosity.DEFAULT, forms)).log("hello");
        assertThat(records)
                .hasSize(2)
                .anyMatch(record -> record.startsWith("TEXT "))
                .anyMatch(record -> record.startsWith("JSON "));
    }

    @Test
    void withoutASysloggerEveryDestinationIsPlainText_LOG19() {
        ProcessLog log = log(SESSION, format(Verbosity.DEFAULT, EnumSet.of(RecordForm.CSV)));
        log.collectNoMore();
        log.log("hello");
        assertThat(records).isEmpty();
        assertThat(plain.toString(StandardCharsets.UTF_8)).endsWith("LOG:  hello\n");
    }

    @Test
    void terseLeavesOutWhatIsNotTheMessage_LOG20() {
        log(SESSION, format(Verbosity.TERSE, EnumSet.of(RecordForm.TEXT))).report(ERROR);
        assertThat(records.getFirst())
                .contains("ERROR:  syntax", "STATEMENT:  ")
                .doesNotContain("DETAIL", "HINT", "CONTEXT");
    }

    /** csvlog.c and jsonlog.c do not ask for the verbosity but for the location. */
    @Test
    void terseLeavesNothingOutOfCsvAndJson_LOG20() {
        Set<RecordForm> forms = EnumSet.of(RecordForm.CSV, RecordForm.JSON);
        log(SESSION, format(Verbosity.DEFAULT, forms)).report(ERROR);
        List<String> usual = List.copyOf(records);
        records.clear();
        log(SESSION, format(Verbosity.TERSE, forms)).report(ERROR);
        assertThat(records).hasSize(2).isEqualTo(usual);
    }

    @Test
    void verboseAddsTheSqlStateAndThePlaceInTheCode_LOG20() {
        log(SESSION, format(Verbosity.VERBOSE, EnumSet.of(RecordForm.TEXT))).report(ERROR);
        assertThat(records.getFirst())
                .contains("ERROR:  42601: syntax error")
                .containsPattern("LOCATION:  verboseAdds\\w+, RecordFormsTest.java:\\d+\n");
    }

    @Test
    void thePlaceOfWhatWasThrownIsWhereItWasThrownFirst_LOG20() {
        ReportException first = thrown();
        ReportException again = new ReportException(ERROR.withSeverity(Severity.FATAL), first);
        log(SESSION, format(Verbosity.VERBOSE, EnumSet.of(RecordForm.JSON))).report(again.report(), again);
        assertThat(records.getFirst())
                .contains("\"func_name\":\"thrown\",\"file_name\":\"RecordFormsTest.java\",\"file_line_num\":");
    }

    private static ReportException thrown() {
        return new ReportException(ERROR);
    }

    @Test
    void theStatementOfAWarningIsNotLogged_LOG23() {
        Report warning =
                Report.of(Severity.WARNING, "careful").withStatement("commit").withPosition(1);
        log(SESSION, format(Verbosity.DEFAULT, EnumSet.allOf(RecordForm.class))).report(warning);
        assertThat(records).hasSize(3).noneMatch(record -> record.contains("commit"));
    }

    private static LogFormat format(Verbosity verbosity, Set<RecordForm> forms) {
        return new LogFormat(Severity.WARNING, Severity.ERROR, verbosity, "%m [%p] ", ZoneId.of("UTC"), forms);
    }

    private ProcessLog log(LogSource source, LogFormat format) {
        ProcessLog log = new ProcessLog(plain, source, format, InstantSource.fixed(NOW));
        log.collectTo((form, record) -> records.add(form + " " + new String(record, StandardCharsets.UTF_8)));
        return log;
    }
}
