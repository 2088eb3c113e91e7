package dev.postmaster.store.type;

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
     * @throws dev.postmaster.report.ReportException 22P02 or 22003 when a binary type cannot hold the value, 0A000 for a
     *     type without binary form here
     */
    public static byte[] encode(Object value, int typeOid, int format) {
        return ValueEncoder.encode(value, typeOid, format);
    }

    /**
     * Reads a parameter sent by the client into what {@code Statement.execute} takes: Long, Double, String or byte[].
     *
     * @throws dev.postmaster.report.ReportException 22P02, 22003 or 08P01 when the bytes are not a value of the type
     */
    public static Object decode(byte[] bytes, int typeOid, int format) {
        return ValueDecoder.decode(bytes, typeOid, format);
    }
}
