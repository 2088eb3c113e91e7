package dev.postmaster.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/**
 * Private keys of PEM files. The JDK reads PKCS#8 only; the traditional forms of RSA (PKCS#1) and EC (RFC 5915) keys, which
 * OpenSSL still writes, are the same bytes with less around them.
 */
final class PrivateKeys {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CURVE = 0xa0;
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int LONG_LENGTH = 0x80;

    private PrivateKeys() {}

    /**
     * The first private key of a PEM file.
     *
     * @param algorithm that of the public key it belongs to
     * @throws GeneralSecurityException if there is none, or none that can be read
     */
    static PrivateKey read(String pem, String algorithm) throws GeneralSecurityException {
        PemBlock block = PemBlock.all(pem).stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> new InvalidKeySpecException("no private key in PEM form"));
        if (block.isEncrypted()) {
            throw new InvalidKeySpecException("the key is encrypted, and nobody can be asked for its passphrase");
        }
        byte[] pkcs8 =
                switch (block.label()) {
                    case "RSA PRIVATE KEY" -> wrap(RSA, block.content());
                    case "EC PRIVATE KEY" -> wrap(join(EC, curve(block.content())), block.content());
                    default -> block.content();
                };
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** PrivateKeyInfo (RFC 5208). */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** The name of the curve, which PKCS#8 wants in another place. */
    private static byte[] curve(byte[] ecPrivateKey) throws InvalidKeySpecException {
        try {
            ByteBuffer fields = ByteBuffer.wrap(content(ByteBuffer.wrap(ecPrivateKey), SEQUENCE));
            content(fields, INTEGER);
            content(fields, OCTET_STRING);
            return content(fields, CURVE);
        } catch (BufferUnderflowException e) {
            throw new InvalidKeySpecException("the key names no curve", e);
        }
    }

    private static byte[] content(ByteBuffer from, int tag) {
        boolean expected = (from.get() & 0xff) == tag;
        int length = from.get() & 0xff;
        if (length >= LONG_LENGTH) {
            int bytes = length - LONG_LENGTH;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << Byte.SIZE) | (from.get() & 0xff);
            }
        }
        if (!expected || length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] content = new byte[length];
        from.get(content);
        return content;
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] header = length < LONG_LENGTH
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) (LONG_LENGTH + 2), (byte) (length >> Byte.SIZE), (byte) length};
        return join(header, content);
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
