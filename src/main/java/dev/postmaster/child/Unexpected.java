package dev.postmaster.child;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** A bug in words: an exception that nobody expected, with the places it came through. */
public final class Unexpected {
    private static final int FRAMES = 12;

    private Unexpected() {}

    public static Report report(Severity severity, Throwable bug) {
        StringBuilder frames = new StringBuilder();
        StackTraceElement[] trace = bug.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
            frames.append(i == 0 ? "" : "\n").append("at ").append(trace[i]);
        }
        return Report.of(severity, SqlState.INTERNAL_ERROR, bug.toString()).withContext(frames.toString());
    }
}
