package dev.postmaster.child.backend;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.BackendMessage.EncryptionRefused;
import dev.postmaster.wire.StartupDecoder;
import dev.postmaster.wire.StartupPacket;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.StartupResult;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.Malformed;
import dev.postmaster.wire.StartupResult.NeedMore;
import dev.postmaster.wire.StartupResult.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The client's first packets, up to the one that asks for a session (ProcessStartupPacket). The postmaster's desk has
 * looked at them already and let them pass; this process trusts its own eyes only.
 */
final class Greeting {
    private final InputStream in;
    private final Client client;
    private final Log log;
    private final StartupDecoder decoder = new StartupDecoder();

    Greeting(InputStream in, Client client, Log log) {
        this.in = in;
        this.client = client;
        this.log = log;
    }

    /** Who asks for a session, or else the status to exit with; everything there is to say has been said. */
    record Outcome(@Nullable Startup startup, int exitStatus) {
        private static final Outcome STOP = new Outcome(null, 0);
        private static final Outcome REFUSED = new Outcome(null, 1);
    }

    /** Asks with {@code instanceof}, like all that comes before the first answer: see the package's paragraph on it. */
    Outcome read() throws IOException {
        StartupResult result = decoder.feed(ByteBuffer.allocate(0));
        while (true) {
            if (result instanceof NeedMore(int bytes)) {
                byte[] more = in.readNBytes(bytes);
                if (more.length < bytes) {
                    return Outcome.STOP; // whoever hangs up inside a packet does not get past the desk
                }
                result = decoder.feed(ByteBuffer.wrap(more));
            } else if (result instanceof Complete complete) {
                StartupPacket packet = complete.packet();
                if (packet instanceof Startup startup) {
                    return new Outcome(startup, 0);
                }
                if (packet instanceof Cancel) {
                    return Outcome.STOP; // served by the postmaster, which knows the processes
                }
                client.send(new EncryptionRefused());
                client.flush();
                result = decoder.feed(ByteBuffer.allocate(0));
            } else {
                return refuse(result);
            }
        }
    }

    private Outcome refuse(StartupResult result) throws IOException {
        if (result instanceof Refused(Report report, BackendMessage answer)) {
            log.report(report);
            client.send(answer);
            client.flush();
            return Outcome.REFUSED;
        }
        if (result instanceof Malformed(Report report)) {
            log.report(report);
        }
        return Outcome.STOP;
    }
}
