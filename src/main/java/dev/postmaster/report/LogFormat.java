package dev.postmaster.report;

import dev.postmaster.logpipe.RecordForm;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is logged, how it looks and where it goes.
 *
 * @param minMessages {@code log_min_messages}
 * @param minErrorStatement {@code log_min_error_statement}: from this severity on the statement is logged too
 * @param verbosity {@code log_error_verbosity}
 * @param linePrefix {@code log_line_prefix}
 * @param zone {@code log_timezone}
 * @param forms in which records are sent to the syslogger; what follows from {@code log_destination}
 */
public record LogFormat(
        Severity minMessages,
        Severity minErrorStatement,
        Verbosity verbosity,
        String linePrefix,
        ZoneId zone,
        Set<RecordForm> forms) {
    /** PostgreSQL's defaults, but UTC where its initdb would copy the time zone of the machine. */
    public static final LogFormat DEFAULT = new LogFormat(
            Severity.WARNING,
            Severity.ERROR,
            Verbosity.DEFAULT,
            "%m [%p] ",
            ZoneId.of("UTC"),
            EnumSet.of(RecordForm.TEXT));

    public LogFormat {
        forms = Set.copyOf(forms);
    }

    /** The forms that these destinations need; an empty list is {@code stderr} alone. */
    public static Set<RecordForm> formsFor(Set<LogDestination> destinations) {
        EnumSet<RecordForm> forms = EnumSet.noneOf(RecordForm.class);
        destinations.forEach(destination -> forms.add(destination.form()));
        return forms.isEmpty() ? EnumSet.of(RecordForm.TEXT) : forms;
    }

    /** This format from another severity on. */
    public LogFormat withMinMessages(Severity severity) {
        return new LogFormat(severity, minErrorStatement, verbosity, linePrefix, zone, forms);
    }

    /** This format with another prefix. */
    public LogFormat withLinePrefix(String prefix) {
        return new LogFormat(minMessages, minErrorStatement, verbosity, prefix, zone, forms);
    }
}
