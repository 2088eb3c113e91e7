package dev.postmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Severity;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whatever comes in a session: every message is read or refused, and means the same however it is cut. */
public final class SessionFuzz {
    private static final int LARGEST = 1024;

    private SessionFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<String> whole = read(new ByteArrayInputStream(data));
        assertThat(read(new Trickle(data))).as("in pieces").isEqualTo(whole);
    }

    private static List<String> read(InputStream in) {
        FrontendDecoder decoder = new FrontendDecoder(in, LARGEST);
        List<String> messages = new ArrayList<>();
        while (true) {
            FrontendMessage message = decoder.next();
            messages.add(told(message));
            if (isLast(message)) {
                return messages;
            }
        }
    }

    private static boolean isLast(FrontendMessage message) {
        return switch (message) {
            case FrontendMessage.EndOfInput ignored -> true;
            case FrontendMessage.Malformed malformed -> malformed.report().severity() == Severity.FATAL;
            default -> false;
        };
    }

    private static String told(FrontendMessage message) {
        return switch (message) {
            case FrontendMessage.Parse(String name, String sql, int[] oids) ->
                "Parse " + name + " " + sql + Arrays.toString(oids);
            case FrontendMessage.Bind bind ->
                "Bind " + bind.portal() + " " + bind.statement() + Arrays.toString(bind.parameterFormats())
                        + bind.values().stream().map(Arrays::toString).toList()
                        + Arrays.toString(bind.resultFormats());
            case FrontendMessage.CopyData(byte[] bytes) -> "CopyData " + Arrays.toString(bytes);
            case FrontendMessage.PasswordMessage(byte[] bytes) -> "Password " + Arrays.toString(bytes);
            default -> message.toString();
        };
    }

    /** Gives one byte more each time it is asked, up to seven, and then begins anew. */
    private static final class Trickle extends InputStream {
        private final byte[] data;
        private int at;
        private int piece;

        Trickle(byte[] data) {
            this.data = data;
        }

        @Override
        public int read() {
            return at == data.length ? -1 : data[at++] & 0xff;
        }

        @Override
        public int read(byte @Nullable [] target, int from, int length) {
            if (at == data.length) {
                return -1;
            }
            piece = piece % 7 + 1;
            int got = Math.min(Math.min(length, piece), data.length - at);
            System.arraycopy(data, at, target, from, got);
            at += got;
            return got;
        }
    }
}
