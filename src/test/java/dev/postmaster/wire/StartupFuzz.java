package dev.postmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.DirectTls;
import dev.postmaster.wire.StartupResult.Malformed;
import dev.postmaster.wire.StartupResult.NeedMore;
import dev.postmaster.wire.StartupResult.Refused;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever comes before a session: it means the same however it is cut, and no byte behind a packet is taken. */
public final class StartupFuzz {
    private StartupFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<String> whole = read(data, data.length);
        assertThat(read(data, 1)).as("byte by byte").isEqualTo(whole);
        assertThat(read(data, 0)).as("as many as were asked for").isEqualTo(whole);
    }

    /** {@code piece}: how many bytes at a time; 0 for as many as the decoder asks for. */
    private static List<String> read(byte[] data, int piece) {
        StartupDecoder decoder = new StartupDecoder();
        List<String> results = new ArrayList<>();
        int at = 0;
        int wanted = Integer.BYTES;
        while (at < data.length) {
            int length = Math.min(piece == 0 ? wanted : piece, data.length - at);
            ByteBuffer in = ByteBuffer.wrap(data, at, length);
            StartupResult result = decoder.feed(in);
            at += length - in.remaining();
            wanted = result instanceof NeedMore more ? more.bytes() : Integer.BYTES;
            assertThat(wanted).isPositive();
            if (result instanceof NeedMore) {
                continue;
            }
            results.add(told(result) + " to " + at);
            if (!goesOn(result)) {
                return results;
            }
        }
        decoder.endOfStream().ifPresent(report -> results.add(report.message()));
        return results;
    }

    private static boolean goesOn(StartupResult result) {
        return result instanceof Complete(StartupPacket packet, byte[] ignored)
                && (packet instanceof StartupPacket.SslRequest || packet instanceof StartupPacket.GssRequest);
    }

    private static String told(StartupResult result) {
        return switch (result) {
            case NeedMore more -> "needs " + more.bytes();
            case Complete(StartupPacket packet, byte[] raw) -> packet + " " + Arrays.hashCode(raw);
            case DirectTls(byte[] ignored, Malformed otherwise) -> "TLS or " + otherwise.report();
            case Malformed(var report) -> report.toString();
            case Refused(var report, BackendMessage answer) ->
                report + " " + Arrays.hashCode(BackendEncoder.encode(answer));
        };
    }
}
