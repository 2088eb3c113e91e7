package dev.postmaster.store.type;

import dev.postmaster.report.SqlState;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The binary form of a value, as PostgreSQL's send functions write it. */
final class BinaryForm {
    static final byte JSONB_VERSION = 1;
    private static final long MAX_OID = 0xFFFF_FFFFL;

    private BinaryForm() {}

    static byte[] of(Object value, @Nullable PgType type) {
        if (type == null) {
            return utf8(value);
        }
        return switch (type) {
            case BOOL -> new byte[] {(byte) (truth(value) ? 1 : 0)};
            case INT2 -> bytes(2, integer(value, type, Short.MIN_VALUE, Short.MAX_VALUE));
            case INT4 -> bytes(4, integer(value, type, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case OID, REGPROC, REGCLASS, REGTYPE -> bytes(4, integer(value, type, 0, MAX_OID));
            case INT8 -> bytes(8, integer(value, type, Long.MIN_VALUE, Long.MAX_VALUE));
            case FLOAT4 -> bytes(4, Float.floatToIntBits((float) real(value, type)));
            case FLOAT8 -> bytes(8, Double.doubleToLongBits(real(value, type)));
            case NUMERIC -> NumericForm.encode(decimal(value));
            case BYTEA -> value instanceof byte[] stored ? stored : utf8(value);
            case DATE -> bytes(4, moment(value, type).epochDay() - Moment.POSTGRES_EPOCH_DAY);
            case TIME -> bytes(8, moment(value, type).microsOfDay());
            case TIMESTAMP -> bytes(8, moment(value, type).local().postgresMicros());
            case TIMESTAMPTZ -> bytes(8, moment(value, type).postgresMicros());
            case UUID -> uuid(TextForm.plain(value));
            case JSONB -> jsonb(utf8(value));
            case VOID -> new byte[0];
            case CHAR, NAME, TEXT, JSON, UNKNOWN, BPCHAR, VARCHAR -> utf8(value);
            case INTERVAL, TIMETZ ->
                throw SqlError.of(
                        SqlState.UNDEFINED_FUNCTION, "no binary output function available for type " + type.sqlName());
        };
    }

    /** The low bytes of a number, most significant first. */
    static byte[] bytes(int size, long number) {
        byte[] bytes = new byte[size];
        for (int i = size - 1; i >= 0; i--) {
            bytes[i] = (byte) number;
            number >>= 8;
        }
        return bytes;
    }

    private static byte[] utf8(Object value) {
        return TextForm.plain(value).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean truth(Object value) {
        Boolean truth = Booleans.of(value);
        if (truth == null) {
            throw SqlError.invalidInput(PgType.BOOL, TextForm.plain(value));
        }
        return truth;
    }

    private static long integer(Object value, PgType type, long min, long max) {
        long number;
        try {
            number = value instanceof Long l ? l : new BigDecimal(TextForm.plain(value)).longValueExact();
        } catch (NumberFormatException e) {
            throw SqlError.invalidInput(type, TextForm.plain(value));
        } catch (ArithmeticException e) {
            throw SqlError.outOfRange(type);
        }
        if (number < min || number > max) {
            throw SqlError.outOfRange(type);
        }
        return number;
    }

    private static double real(Object value, PgType type) {
        try {
            return value instanceof Number n ? n.doubleValue() : Double.parseDouble(TextForm.plain(value));
        } catch (NumberFormatException e) {
            throw SqlError.invalidInput(type, TextForm.plain(value));
        }
    }

    private static BigDecimal decimal(Object value) {
        try {
            return value instanceof Double d ? Floats.decimal(d) : new BigDecimal(TextForm.plain(value));
        } catch (NumberFormatException e) {
            throw SqlError.invalidInput(PgType.NUMERIC, TextForm.plain(value));
        }
    }

    private static Moment moment(Object value, PgType type) {
        Moment moment = value instanceof String text ? Moment.parse(text) : null;
        if (moment == null) {
            throw SqlError.invalidInput(type, TextForm.plain(value));
        }
        return moment;
    }

    private static byte[] uuid(String text) {
        byte[] bytes = Hex.decode("\\x" + text.replace("-", ""));
        if (bytes == null || bytes.length != 16) {
            throw SqlError.invalidInput(PgType.UUID, text);
        }
        return bytes;
    }

    private static byte[] jsonb(byte[] text) {
        return ByteBuffer.allocate(text.length + 1).put(JSONB_VERSION).put(text).array();
    }
}
