package dev.postmaster.store.type;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value. A value that is not of its column's type (SQLite lets it in) is shown as it is: a reader must be
 * able to see what is stored.
 */
final class TextForm {
    private TextForm() {}

    static String of(Object value, @Nullable PgType type) {
        if (type == null) {
            return plain(value);
        }
        return switch (type) {
            case BOOL -> bool(value);
            case FLOAT4 -> value instanceof Number n ? Floats.float4(n.floatValue()) : plain(value);
            case FLOAT8 -> value instanceof Number n ? Floats.float8(n.doubleValue()) : plain(value);
            case NUMERIC -> value instanceof Double d ? Floats.numeric(d) : plain(value);
            case DATE -> moment(value, Moment::date);
            case TIME, TIMETZ -> moment(value, Moment::time);
            case TIMESTAMP -> moment(value, Moment::dateTime);
            case TIMESTAMPTZ -> moment(value, moment -> moment.utc().dateTime() + "+00");
            case VOID -> "";
            case BYTEA, CHAR, NAME, INT8, INT2, INT4, REGPROC, TEXT, OID, JSON, UNKNOWN, BPCHAR, VARCHAR ->
                plain(value);
            case INTERVAL, REGCLASS, REGTYPE, UUID, JSONB -> plain(value);
        };
    }

    static String plain(Object value) {
        return switch (value) {
            case byte[] bytes -> Hex.encode(bytes);
            case Double number -> Floats.float8(number);
            default -> value.toString();
        };
    }

    private static String bool(Object value) {
        Boolean truth = Booleans.of(value);
        return truth == null ? plain(value) : truth ? "t" : "f";
    }

    /** Stored times are UTC without an offset, or whatever a client wrote; see decision 0024. */
    private static String moment(Object value, Function<Moment, String> form) {
        Moment moment = value instanceof String text ? Moment.parse(text) : null;
        return moment == null ? plain(value) : form.apply(moment);
    }
}
