package dev.postmaster.report;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The place in our code that reported something, for {@code log_error_verbosity = verbose}. */
record Location(String function, String file, int line) {
    private static final Set<String> OURS =
            Set.of(Location.class.getName(), ProcessLog.class.getName(), Log.class.getName());

    private static final Location UNKNOWN = new Location("main", "unknown", 0);

    /** Where that was thrown first; where the caller of the log is, if nothing was. */
    static Location of(@Nullable Throwable thrown) {
        return thrown == null ? ofCaller() : ofThrower(first(thrown));
    }

    /** A report that was thrown again, with another position or severity, is still about the place it comes from. */
    private static Throwable first(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() instanceof ReportException cause) {
            first = cause;
        }
        return first;
    }

    private static Location ofThrower(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !isMaker(frame.getClassName()))
                .findFirst()
                .map(Location::of)
                .orElse(UNKNOWN);
    }

    /** A class of short words for {@code new ReportException(…)}: {@code throw error(…)}. */
    private static boolean isMaker(String className) {
        return className.endsWith("Error") || className.endsWith("Errors");
    }

    private static Location ofCaller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !OURS.contains(frame.getClassName()))
                        .findFirst())
                .map(frame -> of(frame.toStackTraceElement()))
                .orElse(UNKNOWN);
    }

    private static Location of(StackTraceElement frame) {
        return new Location(frame.getMethodName(), String.valueOf(frame.getFileName()), frame.getLineNumber());
    }

    @Override
    public String toString() {
        return function + ", " + file + ":" + line;
    }
}
