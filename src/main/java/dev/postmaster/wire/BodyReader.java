package dev.postmaster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Reads the fields of one message body; whatever does not fit is an ERROR 08P01 (pqformat.c). */
final class BodyReader {
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] body;
    private int at;

    BodyReader(byte[] body) {
        this.body = body;
    }

    int int8() {
        need(1);
        return body[at++] & 0xff;
    }

    /** Unsigned, as every count in the protocol is. */
    int int16() {
        return int8() << 8 | int8();
    }

    int int32() {
        return int16() << 16 | int16();
    }

    byte[] bytes(int count) {
        need(count);
        at += count;
        return Arrays.copyOfRange(body, at - count, at);
    }

    byte[] rest() {
        return bytes(body.length - at);
    }

    String string() {
        int start = at;
        while (at < body.length && body[at] != 0) {
            at++;
        }
        if (at == body.length) {
            throw violation("invalid string in message");
        }
        return text(start, at++);
    }

    /** Nothing may be left over. */
    void finish() {
        if (at != body.length) {
            throw violation("invalid message format");
        }
    }

    /** Java replaces what is no UTF-8, silently; we refuse it, as else wrong data would be stored. */
    private String text(int start, int end) {
        String text = new String(body, start, end - start, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(body, start, end - start));
            } catch (CharacterCodingException invalid) {
                throw new ReportException(
                        Report.of(
                                Severity.ERROR,
                                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                                "invalid byte sequence for encoding \"UTF8\""),
                        invalid);
            }
        }
        return text;
    }

    private void need(int count) {
        if (count < 0 || count > body.length - at) {
            throw violation("insufficient data left in message");
        }
    }

    static ReportException violation(String message) {
        return new ReportException(Report.of(Severity.ERROR, SqlState.PROTOCOL_VIOLATION, message));
    }
}
