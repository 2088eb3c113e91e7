package dev.postmaster.ctl;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Ages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Ages() {}

    /** Two units at most: {@code 12s}, {@code 2m05s}, {@code 1h02m}, {@code 3d04h}. */
    static String of(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return pair(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? pair(seconds / 3600, "h", seconds % 3600 / 60, "m")
                : pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small < 10 ? "0" : "") + small + smallUnit;
    }

    /** {@code 2026-11-22 17:00:00 UTC (12s ago)}; the text itself if it is no time. */
    static String since(String instant, Instant now) {
        try {
            Instant at = Instant.parse(instant);
            return TIME.format(at) + " (" + of(Duration.between(at, now)) + " ago)";
        } catch (DateTimeException e) {
            return instant;
        }
    }

    /** {@code 12s ago}, {@code in 3s}. */
    static String relative(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        return age.isNegative() ? "in " + of(age.negated().plusMillis(999)) : of(age) + " ago";
    }

    /** A line of the status file that begins with a time: {@code WHAT, 12s ago} or {@code WHAT, in 3s}. */
    static String event(String line, Instant now) {
        int blank = line.indexOf(' ');
        if (blank < 0) {
            return line;
        }
        try {
            return line.substring(blank + 1) + ", " + relative(Instant.parse(line.substring(0, blank)), now);
        } catch (DateTimeException e) {
            return line;
        }
    }
}
