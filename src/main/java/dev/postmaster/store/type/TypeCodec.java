package dev.postmaster.store.type;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.nio.charset.StandardCharsets;

/**
 * Values on the wire. Text works for every type, binary for the common ones; both are PostgreSQL's to the byte
 * (the {@code in/out/recv/send} functions of utils/adt).
 */
public final class TypeCodec {

    /** Format code of text. */
    public static final int TEXT = 0;

    /** Format code of binary. */
    public static final int BINARY = 1;

    private TypeCodec() {}

    /**
     * Writes a value of a row for the client.
     *
     * @param value what {@code Rows.value} gave, not null
     * @throws dev.postmaster.report.ReportException 22P02 or 22003 when a binary type cannot hold the value, 42883 for a
     *     type without binary form here
     */
    public static byte[] encode(Object value, int typeOid, int format) {
        PgType type = PgType.of(typeOid);
        return switch (format) {
            case TEXT -> TextForm.of(value, type).getBytes(StandardCharsets.UTF_8);
            case BINARY -> BinaryForm.of(value, type);
            default -> throw unsupportedFormat(format);
        };
    }

    /**
     * Reads a parameter sent by the client into what {@code Statement.execute} takes: Long, Double, String or byte[].
     *
     * @throws dev.postmaster.report.ReportException 22P02, 22P03, 22003 or 22021 when the bytes are not a value of the
     *     type
     */
    public static Object decode(byte[] bytes, int typeOid, int format) {
        PgType type = PgType.of(typeOid);
        return switch (format) {
            case TEXT -> ParameterForm.text(bytes, type);
            case BINARY -> ParameterForm.binary(bytes, type);
            default -> throw unsupportedFormat(format);
        };
    }

    private static ReportException unsupportedFormat(int format) {
        return SqlError.of(SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + format);
    }
}
