package dev.postmaster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Byte strings as a protocol document would write them. */
final class Bytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Hexadecimal digits, blanks between them as one likes. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** A message: type byte, length of the rest, body. */
    static byte[] message(char type, Bytes body) {
        return new Bytes().int8(type).raw(packet(body)).toArray();
    }

    /** A startup packet: length and body. */
    static byte[] packet(Bytes body) {
        byte[] content = body.toArray();
        return new Bytes().int32(content.length + 4).raw(content).toArray();
    }

    Bytes int8(int value) {
        bytes.write(value);
        return this;
    }

    Bytes int16(int value) {
        return int8(value >> 8).int8(value);
    }

    Bytes int32(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    /** The text and a NUL. */
    Bytes string(String text) {
        return raw(text.getBytes(UTF_8)).int8(0);
    }

    Bytes raw(byte... more) {
        bytes.writeBytes(more);
        return this;
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
