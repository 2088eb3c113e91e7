package dev.postmaster.store.type;

/** Pending. */
@SuppressWarnings("DoNotCallSuggester")
final class ValueEncoder {
    private ValueEncoder() {}

    static byte[] encode(Object value, int typeOid, int format) {
        throw new UnsupportedOperationException(value + " " + typeOid + " " + format);
    }
}
