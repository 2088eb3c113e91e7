package dev.postmaster.report;

import java.time.ZoneId;

/** How the text log looks: {@code log_min_messages}, {@code log_line_prefix} and {@code log_timezone}. */
public record LogFormat(Severity minMessages, String linePrefix, ZoneId zone) {
    /** PostgreSQL's defaults, but UTC where its initdb would copy the time zone of the machine. */
    public static final LogFormat DEFAULT = new LogFormat(Severity.WARNING, "%m [%p] ", ZoneId.of("UTC"));
}
