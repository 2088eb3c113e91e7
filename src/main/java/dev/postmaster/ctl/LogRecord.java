package dev.postmaster.ctl;

import dev.postmaster.report.Severity;
import java.util.Optional;

/**
 * One record of the log, or one line of it.
 *
 * @param kind the backend type of the process, if the log tells
 * @param pid of the process, if the log tells
 * @param level empty for a line that no process of ours has written in the form of the log
 * @param text what to print
 */
record LogRecord(Optional<String> kind, Optional<Integer> pid, Optional<Severity> level, String text) {
    /** A line of which nobody knows who wrote it. */
    static LogRecord unknown(String line) {
        return new LogRecord(Optional.empty(), Optional.empty(), Optional.empty(), line);
    }
}
