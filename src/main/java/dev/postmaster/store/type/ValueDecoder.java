package dev.postmaster.store.type;

/** Pending. */
@SuppressWarnings("DoNotCallSuggester")
final class ValueDecoder {
    private ValueDecoder() {}

    static Object decode(byte[] bytes, int typeOid, int format) {
        throw new UnsupportedOperationException(bytes.length + " " + typeOid + " " + format);
    }
}
