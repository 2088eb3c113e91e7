package dev.postmaster.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with what a program is to be given, as a sentence for people. */
final class ProgramChecks {
    private static final Pattern VARIABLE = Pattern.compile("[^=]+=.*", Pattern.DOTALL);

    /** The long options of prlimit, and a number, {@code unlimited}, or a soft and a hard one with a colon between. */
    private static final Pattern LIMIT =
            Pattern.compile("(?:as|core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime"
                    + "|sigpending|stack)=(?:\\d+|unlimited)(?::(?:\\d+|unlimited))?");

    private ProgramChecks() {}

    /** The first line that is not {@code NAME=value}. */
    static Optional<String> environment(List<String> lines) {
        return firstUnlike(VARIABLE, lines)
                .map(line -> "\"" + line + "\" is no environment variable; write NAME=value");
    }

    /** The first limit that prlimit does not know. */
    static Optional<String> limits(List<String> limits) {
        return firstUnlike(LIMIT, limits)
                .map(limit -> "\"" + limit + "\" is no resource limit; write a name that prlimit knows, and a value: "
                        + "nofile=1024 or nproc=64:128");
    }

    private static Optional<String> firstUnlike(Pattern pattern, List<String> words) {
        return words.stream().filter(word -> !pattern.matcher(word).matches()).findFirst();
    }
}
