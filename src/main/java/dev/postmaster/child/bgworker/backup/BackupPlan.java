package dev.postmaster.child.bgworker.backup;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the argument of a backup worker says: {@code database=postgres directory=/backups every=1h keep=24}, in any order.
 * A value with blanks stands in single quotes.
 *
 * @param database which one; all if empty
 * @param directory where the copies go, absolute
 * @param every time from one backup to the next
 * @param keep how many copies of a database stay
 */
record BackupPlan(Optional<String> database, Path directory, Duration every, int keep) {
    private static final String DEFAULT_EVERY = "1h";
    private static final String DEFAULT_KEEP = "24";
    private static final int MOST_KEPT = 100_000;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String KNOWN =
            "The argument is words of the form name=value: database (all if missing), directory, every (1h if missing),"
                    + " keep (24 if missing).";

    /**
     * Reads an argument.
     *
     * @param dataDirectory where a relative directory starts
     * @throws ReportException ERROR 22023 that says what is wrong and what is allowed
     */
    static BackupPlan parse(String argument, Path dataDirectory) {
        Map<String, String> words = words(argument);
        Optional<String> database = Optional.ofNullable(words.remove("database"));
        String directory = words.remove("directory");
        Duration every = every(Optional.ofNullable(words.remove("every")).orElse(DEFAULT_EVERY));
        int keep = keep(Optional.ofNullable(words.remove("keep")).orElse(DEFAULT_KEEP));
        if (!words.isEmpty()) {
            throw bad("unrecognized parameter \"" + words.keySet().iterator().next() + "\"", KNOWN);
        }
        if (directory == null || directory.isEmpty()) {
            throw bad("\"directory\" is missing", KNOWN);
        }
        return new BackupPlan(database, dataDirectory.resolve(directory).normalize(), every, keep);
    }

    private static Map<String, String> words(String argument) {
        Map<String, String> words = new LinkedHashMap<>();
        String rest = argument.strip();
        while (!rest.isEmpty()) {
            int equals = rest.indexOf('=');
            int blank = rest.indexOf(' ');
            if (equals <= 0 || (blank >= 0 && blank < equals)) {
                throw bad("\"" + (blank < 0 ? rest : rest.substring(0, blank)) + "\" is not name=value", KNOWN);
            }
            String name = rest.substring(0, equals);
            boolean quoted = rest.startsWith("'", equals + 1);
            int start = quoted ? equals + 2 : equals + 1;
            int end = rest.indexOf(quoted ? '\'' : ' ', start);
            if (quoted && end < 0) {
                throw bad("a quote behind \"" + name + "=\" is not closed", KNOWN);
            }
            int stop = end < 0 ? rest.length() : end;
            if (words.put(name, rest.substring(start, stop)) != null) {
                throw bad("\"" + name + "\" is given twice", KNOWN);
            }
            rest = rest.substring(Math.min(rest.length(), quoted ? stop + 1 : stop))
                    .strip();
        }
        return words;
    }

    private static Duration every(String text) {
        int digits = 0;
        while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
            digits++;
        }
        long unit =
                switch (text.substring(digits)) {
                    case "s" -> 1;
                    case "min" -> 60;
                    case "h" -> 3_600;
                    case "d" -> 86_400;
                    default -> 0;
                };
        long seconds = digits == 0 || digits > 9 ? 0 : Long.parseLong(text.substring(0, digits)) * unit;
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw bad(
                    "invalid value for \"every\": \"" + text + "\"",
                    "It is a whole number with one of the units s, min, h and d, from 1s to 365d.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static int keep(String text) {
        boolean number = !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int keep = number ? Integer.parseInt(text) : 0;
        if (keep < 1 || keep > MOST_KEPT) {
            throw bad("invalid value for \"keep\": \"" + text + "\"", "It is a number from 1 to " + MOST_KEPT + ".");
        }
        return keep;
    }

    static ReportException bad(String what, String hint) {
        return new ReportException(Report.of(
                        Severity.ERROR,
                        SqlState.INVALID_PARAMETER_VALUE,
                        "argument of worker function \"backup\": " + what)
                .withHint(hint));
    }
}
