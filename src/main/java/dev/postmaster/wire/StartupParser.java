package dev.postmaster.wire;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.GssRequest;
import dev.postmaster.wire.StartupPacket.SslRequest;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.Refused;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tells the kinds of startup packet apart and checks their form (CL-12 to CL-17). */
final class StartupParser {
    static final int CANCEL_REQUEST = 80877102;
    static final int SSL_REQUEST = 80877103;
    static final int GSS_REQUEST = 80877104;

    private static final int HEADER = 2 * Integer.BYTES;
    private static final int MAX_KEY = 256;

    private boolean sslRequested;
    private boolean gssRequested;

    /** Whether an SSLRequest or GSSENCRequest has been seen. */
    boolean hasNegotiated() {
        return sslRequested || gssRequested;
    }

    /** No encryption within encryption. */
    void encrypted() {
        gssRequested = true;
    }

    /** {@code raw}: a whole packet, length word included, at least {@value #HEADER} bytes. */
    StartupResult parse(byte[] raw) {
        int code = ByteBuffer.wrap(raw).getInt(Integer.BYTES);
        if (code == CANCEL_REQUEST) {
            return cancel(raw);
        }
        if (code == SSL_REQUEST && !sslRequested) {
            sslRequested = true;
            return new Complete(new SslRequest(), raw);
        }
        if (code == GSS_REQUEST && !gssRequested) {
            gssRequested = true;
            return new Complete(new GssRequest(), raw);
        }
        return startup(raw, ProtocolVersion.of(code));
    }

    private static StartupResult cancel(byte[] raw) {
        int keyStart = HEADER + Integer.BYTES;
        if (raw.length < keyStart) {
            return StartupDecoder.malformed("invalid length of cancel request packet");
        }
        int keyLength = raw.length - keyStart;
        if (keyLength < 1 || keyLength > MAX_KEY) {
            return StartupDecoder.malformed("invalid length of cancel key in cancel request packet");
        }
        int pid = ByteBuffer.wrap(raw).getInt(HEADER);
        return new Complete(new Cancel(pid, new CancelKey(Arrays.copyOfRange(raw, keyStart, raw.length))), raw);
    }

    private static StartupResult startup(byte[] raw, ProtocolVersion version) {
        if (version.major() != ProtocolVersion.NEWEST.major()) {
            return unsupported(version);
        }
        return new StartupParameters(version).read(raw, HEADER);
    }

    /** A client older than protocol 3.0 would not understand the error message of today. */
    private static Refused unsupported(ProtocolVersion version) {
        String message = "unsupported frontend protocol " + version.major() + "." + version.minor()
                + ": server supports 3.0 to " + ProtocolVersion.NEWEST.major() + "." + ProtocolVersion.NEWEST.minor();
        Report report = Report.of(Severity.FATAL, SqlState.FEATURE_NOT_SUPPORTED, message);
        return version.major() < ProtocolVersion.NEWEST.major()
                ? new Refused(report, new BackendMessage.LegacyError("FATAL:  " + message + "\n"))
                : new Refused(report, new BackendMessage.ErrorResponse(report));
    }
}
