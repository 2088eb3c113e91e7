package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A span of time with PostgreSQL's three parts, which do not convert into each other.
 *
 * @param micros the part below a day
 */
record Interval(long months, long days, long micros) {
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Reads {@code 1 day 02:03:04}, {@code 2 hours}, {@code -3 months}; 22P02 for anything else. */
    static Interval parse(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        Interval sum = new Interval(0, 0, 0);
        try {
            for (int i = 0; i < words.length; i++) {
                sum = words[i].indexOf(':') > 0
                        ? sum.plusClock(words[i])
                        : sum.plus(Double.parseDouble(words[i]), words[++i]);
            }
            return sum;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw SqlError.of(
                    SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type interval: \"" + text + "\"");
        }
    }

    LocalDateTime addTo(LocalDateTime time, long sign) {
        return time.plusMonths(sign * months).plusDays(sign * days).plus(sign * micros, ChronoUnit.MICROS);
    }

    private Interval plusClock(String clock) {
        String[] parts = clock.split(":", -1);
        double seconds = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
        long minutes = Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1]);
        return new Interval(
                months, days, micros + minutes * 60 * MICROS_PER_SECOND + Math.round(seconds * MICROS_PER_SECOND));
    }

    private Interval plus(double amount, String unit) {
        String singular = unit.endsWith("s") && unit.length() > 1 ? unit.substring(0, unit.length() - 1) : unit;
        return switch (singular) {
            case "year", "yr", "y" -> plusMonths(amount * 12);
            case "month", "mon" -> plusMonths(amount);
            case "week", "w" -> plusDays(amount * 7);
            case "day", "d" -> plusDays(amount);
            case "hour", "hr", "h" -> plusSeconds(amount * 3600);
            case "minute", "min", "m" -> plusSeconds(amount * 60);
            case "second", "sec", "s" -> plusSeconds(amount);
            case "millisecond", "msec", "ms" -> plusSeconds(amount / 1e3);
            default -> throw new NumberFormatException(unit);
        };
    }

    private Interval plusMonths(double amount) {
        return new Interval(months + Math.round(amount), days, micros);
    }

    /** A part of a day is time. */
    private Interval plusDays(double amount) {
        long whole = (long) amount;
        return new Interval(months, days + whole, micros).plusSeconds((amount - whole) * 86_400);
    }

    private Interval plusSeconds(double amount) {
        return new Interval(months, days, micros + Math.round(amount * MICROS_PER_SECOND));
    }
}
