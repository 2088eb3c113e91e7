package dev.postmaster.ctl;

import java.util.List;

/** How the lines of a log file are to be read. An object reads one file, from its beginning, line by line. */
sealed interface LogForm permits TextLogForm, JsonLogForm, CsvLogForm {
    /** The records that a line is, ends or is part of; none if it goes on in the next one. */
    List<LogRecord> read(String line);
}
