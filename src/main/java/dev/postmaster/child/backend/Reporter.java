package dev.postmaster.child.backend;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage.ErrorResponse;
import dev.postmaster.wire.BackendMessage.NoticeResponse;
import java.io.IOException;
import java.util.Locale;

/** Tells the client and the log what there is to say, each as far as its settings want to hear it (elog.c). */
final class Reporter {
    private final Client client;
    private final Log log;
    private final SessionSettings settings;

    /** What everything said is about; empty between statements. */
    private String statement = "";

    Reporter(Client client, Log log, SessionSettings settings) {
        this.client = client;
        this.log = log;
        this.settings = settings;
    }

    /** From now on what is said is about this text ({@code debug_query_string}); empty for nothing in particular. */
    void name(String text) {
        statement = text;
    }

    /**
     * An ERROR that ends the statement.
     *
     * @param thrown as which it came here
     */
    void error(Report report, Throwable thrown) throws IOException {
        log.report(named(report), thrown);
        client.send(new ErrorResponse(report));
    }

    /** The report as the log shall have it: with the statement. */
    Report named(Report report) {
        return statement.isEmpty() ? report : report.withStatement(statement);
    }

    void warning(SqlState sqlState, String message) throws IOException {
        Report report = Report.of(Severity.WARNING, sqlState, message);
        log.report(named(report));
        if (Severity.WARNING.compareTo(clientMinimum()) >= 0) {
            client.send(new NoticeResponse(report));
        }
    }

    private Severity clientMinimum() {
        String name = settings.current().get(SettingTable.CLIENT_MIN_MESSAGES).toUpperCase(Locale.ROOT);
        return name.equals("DEBUG") ? Severity.DEBUG2 : Severity.valueOf(name);
    }
}
