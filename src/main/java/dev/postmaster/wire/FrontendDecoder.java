package dev.postmaster.wire;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.FrontendMessage.EndOfInput;
import dev.postmaster.wire.FrontendMessage.Malformed;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a session's messages from a blocking stream, which needs no buffer of its own.
 *
 * <p>A client's mistakes come back as values: {@link Malformed} with severity ERROR when the next message can still be
 * found, with FATAL when it cannot, {@link EndOfInput} when there is none. Not thread-safe.
 */
public final class FrontendDecoder {
    private final MessageInput in;
    private final int largest;

    /**
     * @param in positioned at the first byte behind the startup packet
     * @param largest how long a message there is room for, in bytes; a longer one is skipped and an ERROR
     */
    public FrontendDecoder(InputStream in, int largest) {
        this.in = new MessageInput(in);
        this.largest = largest;
    }

    /** The next message; waits until it is whole. */
    public FrontendMessage next() {
        try {
            return read();
        } catch (IOException e) {
            return new EndOfInput(Report.of(
                    Severity.LOG,
                    SqlState.CONNECTION_FAILURE,
                    "could not receive data from client: " + FileErrors.words(e)));
        }
    }

    private FrontendMessage read() throws IOException {
        int type = in.read();
        if (type < 0) {
            return new EndOfInput(null);
        }
        int limit = FrontendParser.maxBody((char) type);
        if (limit < 0) {
            String problem = "invalid frontend message type " + type;
            return new Malformed(false, Report.of(Severity.FATAL, SqlState.PROTOCOL_VIOLATION, problem));
        }
        byte[] lengthWord = in.read(Integer.BYTES);
        if (lengthWord == null) {
            return brokenOff("unexpected EOF within message length word");
        }
        int length = new BodyReader(lengthWord).int32() - Integer.BYTES;
        return length < 0 || length > limit ? brokenOff("invalid message length") : body((char) type, length);
    }

    private FrontendMessage body(char type, int length) throws IOException {
        try {
            if (length > largest) {
                return in.skip(length) ? tooBig(type, length) : incomplete();
            }
            byte[] body = in.read(length);
            return body == null ? incomplete() : FrontendParser.parse(type, new BodyReader(body));
        } catch (ReportException violation) {
            return new Malformed(FrontendParser.isExtended(type), violation.report());
        } catch (OutOfMemoryError tooBig) {
            return in.skipBody() ? tooBig(type, length) : incomplete();
        }
    }

    private static Malformed tooBig(char type, int length) {
        Report report = Report.of(Severity.ERROR, SqlState.OUT_OF_MEMORY, "out of memory")
                .withDetail("Failed on request of size " + length + ".");
        return new Malformed(FrontendParser.isExtended(type), report);
    }

    private static EndOfInput incomplete() {
        return brokenOff("incomplete message from client");
    }

    private static EndOfInput brokenOff(String message) {
        return new EndOfInput(Report.of(Severity.LOG, SqlState.PROTOCOL_VIOLATION, message));
    }
}
