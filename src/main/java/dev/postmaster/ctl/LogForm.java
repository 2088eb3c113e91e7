package dev.postmaster.ctl;

import java.util.Optional;

/** How the lines of a log file are to be read. An object reads one file, from its beginning, line by line. */
sealed interface LogForm permits TextLogForm, JsonLogForm, CsvLogForm {
    /** The record that a line is, ends or is part of; empty if it goes on in the next one. */
    Optional<LogRecord> read(String line);
}
