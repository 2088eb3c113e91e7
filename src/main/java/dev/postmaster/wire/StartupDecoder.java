package dev.postmaster.wire;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.Malformed;
import dev.postmaster.wire.StartupResult.NeedMore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the packets of a connection's first phase out of its bytes, however they are cut into pieces (CL-10 to CL-20).
 *
 * <p>One decoder serves one connection from its first byte until {@link StartupPacket.Startup} or {@link
 * StartupPacket.Cancel}; it remembers an SSLRequest or GSSENCRequest, because each may be asked once only (CL-15). It
 * never blocks and never holds more than {@value #MAX_PACKET} bytes, and that many only once a client has sent them. Not
 * thread-safe.
 */
public final class StartupDecoder {
    /** The longest packet we take, length word included (CL-11). */
    public static final int MAX_PACKET = 10_000 + Integer.BYTES;

    private static final String INVALID_LENGTH = "invalid length of startup packet";
    private static final int MIN_PACKET = 2 * Integer.BYTES;
    private static final int FIRST_GUESS = 512;
    /** What a TLS connection begins with; the length of no packet does. */
    private static final int TLS_HANDSHAKE = 0x16;

    private final StartupParser parser = new StartupParser();
    private byte[] packet = new byte[FIRST_GUESS];
    private int have;
    private boolean begun;

    /** From here on the client's packets come through TLS, and encryption cannot be asked for again (CL-13). */
    public void encrypted() {
        parser.encrypted();
    }

    /**
     * Takes the bytes of one packet at most out of {@code in}; after {@link Complete} the rest of {@code in} is the
     * client's next packet or message. After {@link Malformed} or {@link StartupResult.Refused} the decoder is spent.
     */
    public StartupResult feed(ByteBuffer in) {
        take(in, Integer.BYTES);
        if (have < Integer.BYTES) {
            return new NeedMore(Integer.BYTES - have);
        }
        boolean first = !begun;
        begun = true;
        if (first && packet[0] == TLS_HANDSHAKE) {
            return directTls();
        }
        int length = ByteBuffer.wrap(packet).getInt();
        if (length < MIN_PACKET || length > MAX_PACKET) {
            return malformed(INVALID_LENGTH);
        }
        take(in, length);
        if (have < length) {
            return new NeedMore(length - have);
        }
        byte[] raw = Arrays.copyOf(packet, length);
        have = 0;
        return parser.parse(raw);
    }

    /**
     * What to log when the client has hung up inside a packet; empty if that is nobody's fault: a probe that never said
     * a word, or a client that did not like the answer to its SSLRequest (CL-10).
     */
    public Optional<Report> endOfStream() {
        boolean silent = have == 0 || (have < Integer.BYTES && parser.hasNegotiated());
        return silent ? Optional.empty() : Optional.of(protocolViolation("incomplete startup packet"));
    }

    private StartupResult directTls() {
        byte[] seen = Arrays.copyOf(packet, have);
        have = 0;
        return new StartupResult.DirectTls(seen, malformed(INVALID_LENGTH));
    }

    private void take(ByteBuffer in, int upTo) {
        int wanted = Math.min(in.remaining(), upTo - have);
        if (wanted <= 0) {
            return;
        }
        if (have + wanted > packet.length) {
            packet = Arrays.copyOf(packet, Math.min(MAX_PACKET, Math.max(have + wanted, 2 * packet.length)));
        }
        in.get(packet, have, wanted);
        have += wanted;
    }

    static Malformed malformed(String message) {
        return new Malformed(protocolViolation(message));
    }

    private static Report protocolViolation(String message) {
        return Report.of(Severity.LOG, SqlState.PROTOCOL_VIOLATION, message);
    }
}
