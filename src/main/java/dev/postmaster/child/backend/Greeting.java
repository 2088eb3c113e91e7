package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.tls.TlsContext;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.BackendMessage.EncryptionAccepted;
import dev.postmaster.wire.BackendMessage.EncryptionRefused;
import dev.postmaster.wire.StartupDecoder;
import dev.postmaster.wire.StartupPacket;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.SslRequest;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.StartupResult;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.DirectTls;
import dev.postmaster.wire.StartupResult.Malformed;
import dev.postmaster.wire.StartupResult.NeedMore;
import dev.postmaster.wire.StartupResult.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's first packets, up to the one that asks for a session (ProcessStartupPacket). The postmaster's desk has
 * looked at them already and let them pass, as far as they were not encrypted; this process trusts its own eyes only.
 */
final class Greeting {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ClientStreams streams;
    private final Client client;
    private final Surroundings around;
    private final StartupDecoder decoder = new StartupDecoder();

    Greeting(ClientStreams streams, Client client, Surroundings around) {
        this.streams = streams;
        this.client = client;
        this.around = around;
    }

    /** Who asks for a session, or else the status to exit with; everything there is to say has been said. */
    record Outcome(@Nullable Startup startup, int exitStatus) {
        private static final Outcome STOP = new Outcome(null, 0);
        private static final Outcome REFUSED = new Outcome(null, 1);
    }

    /** Asks with {@code instanceof}, like all that comes before the first answer: see the package's paragraph on it. */
    Outcome read() throws IOException {
        StartupResult result = decoder.feed(NOTHING);
        while (true) {
            if (result instanceof NeedMore(int bytes)) {
                byte[] more = receive(bytes);
                result = decoder.feed(ByteBuffer.wrap(more));
                if (more.length < bytes) {
                    decoder.endOfStream().ifPresent(around.log()::report);
                    return Outcome.STOP;
                }
            } else if (result instanceof Complete complete) {
                StartupPacket packet = complete.packet();
                if (packet instanceof Startup startup) {
                    return new Outcome(startup, 0);
                }
                if (packet instanceof Cancel cancel) {
                    around.cancel(cancel);
                    return Outcome.STOP;
                }
                if (!answer(packet)) {
                    return Outcome.STOP;
                }
                result = decoder.feed(NOTHING);
            } else if (result instanceof DirectTls direct && around.tls().isPresent()) {
                if (!beginDirect(around.tls().get(), direct)) {
                    return Outcome.STOP;
                }
                result = decoder.feed(NOTHING);
            } else {
                return refuse(result);
            }
        }
    }

    /** As many bytes; fewer if the client has left, in whatever way: it is nobody yet. */
    private byte[] receive(int bytes) {
        try {
            return streams.input().readNBytes(bytes);
        } catch (IOException lost) {
            log("could not receive data from client: " + FileErrors.words(lost));
            return new byte[0];
        }
    }

    /** To a request for encryption; false if it came to nothing, and there is nobody to talk to. */
    private boolean answer(StartupPacket request) throws IOException {
        Optional<TlsContext> tls = streams.encryption().isEmpty() ? around.tls() : Optional.empty();
        if (!(request instanceof SslRequest) || tls.isEmpty()) {
            client.send(new EncryptionRefused());
            client.flush();
            return true;
        }
        if (streams.input().available() > 0) {
            throw new ReportException(fatal(SqlState.PROTOCOL_VIOLATION, "received unencrypted data after SSL request")
                    .withDetail("This could be either a client-software bug or evidence of an attempted"
                            + " man-in-the-middle attack."));
        }
        client.send(new EncryptionAccepted());
        client.flush();
        return shakeHands(tls.get(), new byte[0]) != null;
    }

    private boolean beginDirect(TlsContext tls, DirectTls direct) {
        Encryption encryption = shakeHands(tls, direct.seen());
        if (encryption != null && encryption.application().isEmpty()) {
            log("received direct SSL connection request without ALPN protocol negotiation extension");
            return false;
        }
        return encryption != null;
    }

    private @Nullable Encryption shakeHands(TlsContext tls, byte[] seen) {
        try {
            Encryption encryption = streams.encrypt(tls, seen);
            decoder.encrypted();
            return encryption;
        } catch (IOException e) {
            log("could not accept SSL connection: " + TlsStreams.words(e));
            return null;
        }
    }

    private void log(String message) {
        around.log().report(Report.of(Severity.LOG, SqlState.PROTOCOL_VIOLATION, message));
    }

    private Outcome refuse(StartupResult result) throws IOException {
        if (result instanceof Refused(Report report, BackendMessage answer)) {
            around.log().report(report);
            client.send(answer);
            client.flush();
            return Outcome.REFUSED;
        }
        if (result instanceof DirectTls direct) {
            around.log().report(direct.otherwise().report());
        }
        if (result instanceof Malformed(Report report)) {
            around.log().report(report);
        }
        return Outcome.STOP;
    }
}
