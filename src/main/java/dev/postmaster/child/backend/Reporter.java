package dev.postmaster.child.backend;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.SecretText;
import dev.postmaster.wire.BackendMessage.ErrorResponse;
import dev.postmaster.wire.BackendMessage.NoticeResponse;
import java.io.IOException;
import java.util.Locale;

/** Tells the client and the log what there is to say, each as far as its settings want to hear it (elog.c). */
final class Reporter {
    private static final String QUOTED = " at or near \"";

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
        return statement.isEmpty() ? report : withoutSecrets(report).withStatement(statement);
    }

    /** A syntax error quotes what it stumbles over, which may be a password whose quotes are wrong. */
    private Report withoutSecrets(Report report) {
        int quoted = report.message().indexOf(QUOTED);
        return quoted < 0 || !statement.contains(SecretText.MASK)
                ? report
                : report.withMessage(report.message().substring(0, quoted) + QUOTED + "********\"");
    }

    void warning(SqlState sqlState, String message) throws IOException {
        notice(Report.of(Severity.WARNING, sqlState, message));
    }

    /** A NOTICE or WARNING. */
    void notice(Report report) throws IOException {
        log.report(named(report));
        if (report.severity().compareTo(clientMinimum()) >= 0) {
            client.send(new NoticeResponse(report));
        }
    }

    private Severity clientMinimum() {
        String name = settings.current().get(SettingTable.CLIENT_MIN_MESSAGES).toUpperCase(Locale.ROOT);
        return name.equals("DEBUG") ? Severity.DEBUG2 : Severity.valueOf(name);
    }
}
