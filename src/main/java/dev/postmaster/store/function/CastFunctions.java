package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.PgType;
import dev.postmaster.store.type.SqlError;
import dev.postmaster.store.type.TypeCodec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Casts and divisors that must round or fail where SQLite cuts off, gives zero or gives null. */
final class CastFunctions {
    private CastFunctions() {}

    static @Nullable Body find(String name) {
        return switch (name) {
            case "pg_cast_int2" -> arguments -> integer(arguments[0], PgType.INT2);
            case "pg_cast_int4" -> arguments -> integer(arguments[0], PgType.INT4);
            case "pg_cast_int8" -> arguments -> integer(arguments[0], PgType.INT8);
            case "pg_cast_oid" -> arguments -> integer(arguments[0], PgType.OID);
            case "pg_cast_bool" -> arguments -> read(arguments[0], PgType.BOOL);
            case "pg_cast_date" -> arguments -> read(arguments[0], PgType.DATE);
            case "pg_cast_timestamp" -> arguments -> read(arguments[0], PgType.TIMESTAMPTZ);
            case "pg_divisor" -> arguments -> divisor(arguments[0]);
            default -> null;
        };
    }

    private static @Nullable Object divisor(@Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() == 0) {
            throw SqlError.of(SqlState.DIVISION_BY_ZERO, "division by zero");
        }
        return value;
    }

    /** Text is read as the type reads it; a number is rounded half away from zero, as numeric does. */
    private static @Nullable Object integer(@Nullable Object value, PgType type) {
        if (!(value instanceof Double real)) {
            return read(value, type);
        }
        if (!Double.isFinite(real)) {
            throw SqlError.of(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type.sqlName() + " out of range");
        }
        return read(new BigDecimal(real).setScale(0, RoundingMode.HALF_UP).toPlainString(), type);
    }

    private static @Nullable Object read(@Nullable Object value, PgType type) {
        if (value == null) {
            return null;
        }
        byte[] text = Objects.toString(value).getBytes(StandardCharsets.UTF_8);
        return TypeCodec.decode(text, type.oid(), TypeCodec.TEXT);
    }
}
