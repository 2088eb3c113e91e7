package dev.postmaster.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether what a program is to be given can be given to it. */
final class ProgramChecks {
    static final String VARIABLE_REMEDY = "Write NAME=value.";
    static final String LIMIT_REMEDY =
            "Write the name of a limit as prlimit knows it, and a value: nofile=1024 or nproc=64:128.";

    private static final Pattern VARIABLE = Pattern.compile("[^=]+=.*", Pattern.DOTALL);

    /** The long options of prlimit, and a number, {@code unlimited}, or a soft and a hard one with a colon between. */
    private static final Pattern LIMIT =
            Pattern.compile("(?:as|core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime"
                    + "|sigpending|stack)=(?:\\d+|unlimited)(?::(?:\\d+|unlimited))?");

    private ProgramChecks() {}

    /** What is wrong with the first line that is not {@code NAME=value}. */
    static Optional<String> environment(List<String> lines) {
        return firstUnlike(VARIABLE, lines).map(line -> "\"" + line + "\" is no environment variable");
    }

    /** What is wrong with the first limit that prlimit does not know. */
    static Optional<String> limits(List<String> limits) {
        return firstUnlike(LIMIT, limits).map(limit -> "\"" + limit + "\" is no resource limit");
    }

    private static Optional<String> firstUnlike(Pattern pattern, List<String> words) {
        return words.stream().filter(word -> !pattern.matcher(word).matches()).findFirst();
    }
}
