package dev.postmaster.report;

import java.util.Set;

/** The place in our code that reported something, for {@code log_error_verbosity = verbose}. */
record Location(String function, String file, int line) {
    private static final Set<String> OURS =
            Set.of(Location.class.getName(), ProcessLog.class.getName(), Log.class.getName());

    /** Where the caller of the log is. */
    static Location ofCaller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !OURS.contains(frame.getClassName()))
                        .findFirst())
                .map(frame ->
                        new Location(frame.getMethodName(), String.valueOf(frame.getFileName()), frame.getLineNumber()))
                .orElse(new Location("main", "unknown", 0));
    }

    @Override
    public String toString() {
        return function + ", " + file + ":" + line;
    }
}
