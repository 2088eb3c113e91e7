package dev.postmaster.store.type;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as SQL text holds it: a date, a time of day, or both, with or without an offset.
 *
 * @param epochDay days since 1970-01-01; 0 when the text had no date
 * @param microsOfDay microseconds since midnight; 0 when the text had no time
 * @param offsetSeconds east of UTC; 0 when the text had none
 */
record Moment(long epochDay, long microsOfDay, int offsetSeconds) {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    /** 2000-01-01, where PostgreSQL counts from. */
    static final long POSTGRES_EPOCH_DAY = 10_957;

    /** Reads {@code 2026-11-22 17:00:00.123+01}, with a blank or a T, and every shorter form; null for anything else. */
    static @Nullable Moment parse(String text) {
        try {
            return new MomentParser(text).parse();
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    static Moment ofPostgresMicros(long micros) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        return new Moment(day + POSTGRES_EPOCH_DAY, Math.floorMod(micros, MICROS_PER_DAY), 0);
    }

    /** Microseconds since 2000-01-01 UTC. */
    long postgresMicros() {
        return (epochDay - POSTGRES_EPOCH_DAY) * MICROS_PER_DAY + microsOfDay - offsetSeconds * MICROS_PER_SECOND;
    }

    /** The same point with no offset. */
    Moment utc() {
        return offsetSeconds == 0 ? this : ofPostgresMicros(postgresMicros());
    }

    /** The same clock reading with the offset forgotten. */
    Moment local() {
        return new Moment(epochDay, microsOfDay, 0);
    }

    String date() {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    /** {@code 17:00:00.123}: a fraction only when there is one, without trailing zeros. */
    String time() {
        long seconds = microsOfDay / MICROS_PER_SECOND;
        StringBuilder text = new StringBuilder(15);
        two(text, seconds / 3600).append(':');
        two(text, seconds / 60 % 60).append(':');
        two(text, seconds % 60);
        long fraction = microsOfDay % MICROS_PER_SECOND;
        if (fraction != 0) {
            String digits = Long.toString(MICROS_PER_SECOND + fraction);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 1, end);
        }
        return text.toString();
    }

    String dateTime() {
        return date() + ' ' + time();
    }

    private static StringBuilder two(StringBuilder text, long number) {
        return number < 10 ? text.append('0').append(number) : text.append(number);
    }
}
