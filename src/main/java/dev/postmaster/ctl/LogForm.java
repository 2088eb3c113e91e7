package dev.postmaster.ctl;

/** How the lines of a log file are to be read. An object reads one file, from its beginning, line by line. */
sealed interface LogForm permits TextLogForm, JsonLogForm {
    /** The record that a line is, or is part of. */
    LogRecord read(String line);
}
