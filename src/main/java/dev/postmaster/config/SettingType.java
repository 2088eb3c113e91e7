package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** What values a setting takes, and how they are written. */
public sealed interface SettingType<T>
        permits BoolType,
                IntType,
                CommandType,
                DestinationsType,
                DurationType,
                RestartIntervalType,
                SizeType,
                EnumType,
                ListType,
                StringType,
                TlsVersionType,
                ZoneType {

    /**
     * The value that the text means.
     *
     * @throws ReportException ERROR 22023 that names the setting and what it allows
     */
    T parse(String name, String text);

    /** The shortest text that {@link #parse} reads back as the same value. */
    String format(T value);

    /** The allowed values, for people: {@code 1 .. 65535}, {@code off, on}; empty when any text is good. */
    String allowed();

    /** PostgreSQL's text for a value that is no value of this type at all. */
    static ReportException invalid(String name, String text, String hint) {
        Report report = Report.of(
                Severity.ERROR,
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"" + name + "\": \"" + text + "\"");
        return new ReportException(hint.isEmpty() ? report : report.withHint(hint));
    }
}
