package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.PgType;
import dev.postmaster.store.type.SqlError;
import dev.postmaster.store.type.TypeCodec;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions about time. Times are text in UTC; see decision 0024. */
final class TimeFunctions {
    private static final double MICROS_PER_SECOND = 1e6;

    private TimeFunctions() {}

    static @Nullable Body find(String name, Surroundings session) {
        return switch (name) {
            case "now" -> arguments -> text(utc(session.transactionStart()));
            case "clock_timestamp", "statement_timestamp" -> arguments -> text(utc(Instant.now()));
            case "date_part" -> arguments -> part(arguments);
            case "date_trunc" -> arguments -> trunc(arguments);
            case "to_timestamp" -> arguments -> fromEpoch(arguments[0]);
            case "pg_interval_add" -> arguments -> addInterval(arguments);
            default -> null;
        };
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static @Nullable Object fromEpoch(@Nullable Object seconds) {
        if (seconds == null) {
            return null;
        }
        long micros = Math.round(Double.parseDouble(seconds.toString()) * MICROS_PER_SECOND);
        return text(utc(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
    }

    private static @Nullable Object addInterval(@Nullable Object[] arguments) {
        if (arguments[0] == null || arguments[1] == null) {
            return null;
        }
        long sign = arguments[2] instanceof Long number ? number : 1;
        return text(Interval.parse(arguments[1].toString()).addTo(read(arguments[0]), sign));
    }

    private static @Nullable Object part(@Nullable Object[] arguments) {
        if (arguments[0] == null || arguments[1] == null) {
            return null;
        }
        LocalDateTime time = read(arguments[1]);
        double seconds = time.getSecond() + time.getNano() / 1e9;
        return switch (arguments[0].toString().toLowerCase(Locale.ROOT)) {
            case "epoch" -> time.toEpochSecond(ZoneOffset.UTC) + time.getNano() / 1e9;
            case "second" -> seconds;
            case "milliseconds" -> seconds * 1e3;
            case "microseconds" -> seconds * 1e6;
            case "minute" -> (double) time.getMinute();
            case "hour" -> (double) time.getHour();
            case "day" -> (double) time.getDayOfMonth();
            case "dow" -> (double) (time.getDayOfWeek().getValue() % 7);
            case "isodow" -> (double) time.getDayOfWeek().getValue();
            case "doy" -> (double) time.getDayOfYear();
            case "week" -> (double) time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "month" -> (double) time.getMonthValue();
            case "quarter" -> (double) time.get(IsoFields.QUARTER_OF_YEAR);
            case "year" -> (double) time.getYear();
            default -> throw unknownUnit(arguments[0]);
        };
    }

    private static @Nullable Object trunc(@Nullable Object[] arguments) {
        if (arguments[0] == null || arguments[1] == null) {
            return null;
        }
        LocalDateTime time = read(arguments[1]);
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        return text(
                switch (arguments[0].toString().toLowerCase(Locale.ROOT)) {
                    case "microseconds" -> time.truncatedTo(ChronoUnit.MICROS);
                    case "milliseconds" -> time.truncatedTo(ChronoUnit.MILLIS);
                    case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
                    case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
                    case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
                    case "day" -> day;
                    case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case "month" -> day.withDayOfMonth(1);
                    case "quarter" -> day.with(IsoFields.DAY_OF_QUARTER, 1);
                    case "year" -> day.withDayOfYear(1);
                    default -> throw unknownUnit(arguments[0]);
                });
    }

    private static RuntimeException unknownUnit(Object unit) {
        return SqlError.of(SqlState.INVALID_PARAMETER_VALUE, "unit \"" + unit + "\" not recognized for type timestamp");
    }

    private static LocalDateTime read(Object value) {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        String normal =
                TypeCodec.decode(text, PgType.TIMESTAMPTZ.oid(), TypeCodec.TEXT).toString();
        return LocalDateTime.parse(normal.replace(' ', 'T'));
    }

    private static Object text(LocalDateTime time) {
        byte[] text = time.toString().getBytes(StandardCharsets.UTF_8);
        return TypeCodec.decode(text, PgType.TIMESTAMPTZ.oid(), TypeCodec.TEXT);
    }
}
