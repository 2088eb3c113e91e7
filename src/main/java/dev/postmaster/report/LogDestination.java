package dev.postmaster.report;

import dev.postmaster.logpipe.RecordForm;

/** Where records shall end ({@code log_destination}, LOG-19). */
public enum LogDestination {
    /** The text file of the syslogger; plain standard error without one. */
    STDERR(RecordForm.TEXT),
    /** The csv file. */
    CSVLOG(RecordForm.CSV),
    /** The file with one JSON object per line. */
    JSONLOG(RecordForm.JSON),
    /** Back to the postmaster, whose logging handlers print it or send it on; ours, not PostgreSQL's. */
    CONSOLE(RecordForm.JSON);

    private final RecordForm form;

    LogDestination(RecordForm form) {
        this.form = form;
    }

    /** The file that is made for records of this form. */
    public static LogDestination fileOf(RecordForm form) {
        return switch (form) {
            case TEXT -> STDERR;
            case CSV -> CSVLOG;
            case JSON -> JSONLOG;
        };
    }

    /** The form in which a record has to be sent to get there. */
    public RecordForm form() {
        return form;
    }
}
