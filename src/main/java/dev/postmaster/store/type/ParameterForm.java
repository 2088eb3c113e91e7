package dev.postmaster.store.type;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads parameters into what SQLite stores: integers, reals, text and blobs. */
final class ParameterForm {
    private ParameterForm() {}

    static Object text(byte[] bytes, @Nullable PgType type) {
        String text = utf8(bytes);
        if (type == null) {
            return text;
        }
        return switch (type) {
            case BOOL -> bool(text);
            case INT2 -> integer(text, type, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT4 -> integer(text, type, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT8, OID -> integer(text, type, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT4, FLOAT8 -> real(text, type);
            case NUMERIC -> numeric(text);
            case BYTEA -> blob(text);
            case DATE -> moment(text, type).date();
            case TIMESTAMP -> moment(text, type).local().dateTime();
            case TIMESTAMPTZ -> moment(text, type).utc().dateTime();
            case CHAR, NAME, TEXT, JSON, UNKNOWN, BPCHAR, VARCHAR, UUID, JSONB -> text;
            case TIME, TIMETZ, INTERVAL, REGPROC, REGCLASS, REGTYPE, VOID -> text;
        };
    }

    static Object binary(byte[] bytes, @Nullable PgType type) {
        if (type == null) {
            return utf8(bytes);
        }
        return switch (type) {
            case BOOL -> number(bytes, 1, type) == 0 ? 0L : 1L;
            case INT2 -> number(bytes, 2, type);
            case INT4 -> number(bytes, 4, type);
            case INT8 -> number(bytes, 8, type);
            case OID, REGPROC, REGCLASS, REGTYPE -> number(bytes, 4, type) & 0xFFFF_FFFFL;
            case FLOAT4 -> (double) Float.intBitsToFloat((int) number(bytes, 4, type));
            case FLOAT8 -> Double.longBitsToDouble(number(bytes, 8, type));
            case NUMERIC -> stored(NumericForm.decode(bytes));
            case BYTEA -> bytes;
            case DATE -> new Moment(number(bytes, 4, type) + Moment.POSTGRES_EPOCH_DAY, 0, 0).date();
            case TIME -> new Moment(0, number(bytes, 8, type), 0).time();
            case TIMESTAMP, TIMESTAMPTZ ->
                Moment.ofPostgresMicros(number(bytes, 8, type)).dateTime();
            case UUID -> uuid(bytes);
            case JSONB -> jsonb(bytes);
            case CHAR, NAME, TEXT, JSON, UNKNOWN, BPCHAR, VARCHAR -> utf8(bytes);
            case INTERVAL, TIMETZ, VOID ->
                throw SqlError.of(
                        SqlState.UNDEFINED_FUNCTION, "no binary input function available for type " + type.sqlName());
        };
    }

    private static String utf8(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            if (text.chars().noneMatch(c -> c == 0)) {
                return text.toString();
            }
            throw badEncoding(null);
        } catch (CharacterCodingException e) {
            throw badEncoding(e);
        }
    }

    private static ReportException badEncoding(@Nullable Throwable cause) {
        Report report = Report.of(
                Severity.ERROR, SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\"");
        return cause == null ? new ReportException(report) : new ReportException(report, cause);
    }

    private static long bool(String text) {
        Boolean truth = Booleans.of(text);
        if (truth == null) {
            throw SqlError.invalidInput(PgType.BOOL, text);
        }
        return truth ? 1 : 0;
    }

    private static long integer(String text, PgType type, long min, long max) {
        BigInteger number;
        try {
            number = new BigInteger(text.strip());
        } catch (NumberFormatException e) {
            throw SqlError.invalidInput(type, text);
        }
        if (number.bitLength() > 63 || number.longValue() < min || number.longValue() > max) {
            throw SqlError.of(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value \"" + text + "\" is out of range for type " + type.sqlName());
        }
        return number.longValue();
    }

    private static double real(String text, PgType type) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw SqlError.invalidInput(type, text);
        }
    }

    private static Object numeric(String text) {
        try {
            return stored(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            throw SqlError.invalidInput(PgType.NUMERIC, text);
        }
    }

    /** A number SQLite can compare, as long as it keeps every digit; else its digits. */
    private static Object stored(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 18) {
            return plain.longValueExact();
        }
        double real = value.doubleValue();
        return Double.isFinite(real) && new BigDecimal(Double.toString(real)).compareTo(value) == 0
                ? (Object) real
                : value.toPlainString();
    }

    private static byte[] blob(String text) {
        byte[] bytes = Hex.decode(text);
        if (bytes == null) {
            throw SqlError.invalidInput(PgType.BYTEA, text);
        }
        return bytes;
    }

    private static Moment moment(String text, PgType type) {
        Moment moment = Moment.parse(text);
        if (moment == null) {
            throw SqlError.invalidInput(type, text);
        }
        return moment;
    }

    private static long number(byte[] bytes, int size, PgType type) {
        requireLength(bytes, size, type);
        long number = bytes[0];
        for (int i = 1; i < size; i++) {
            number = (number << 8) | (bytes[i] & 0xFF);
        }
        return number;
    }

    private static void requireLength(byte[] bytes, int size, PgType type) {
        if (bytes.length != size) {
            throw SqlError.of(
                    SqlState.INVALID_BINARY_REPRESENTATION,
                    "incorrect binary data format for type " + type.sqlName() + ": " + bytes.length + " bytes");
        }
    }

    private static String uuid(byte[] bytes) {
        requireLength(bytes, 16, PgType.UUID);
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    private static String jsonb(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != BinaryForm.JSONB_VERSION) {
            throw SqlError.of(SqlState.INVALID_BINARY_REPRESENTATION, "unsupported jsonb version number");
        }
        return utf8(Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}
