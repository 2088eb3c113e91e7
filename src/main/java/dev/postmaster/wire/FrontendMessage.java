package dev.postmaster.wire;

import dev.postmaster.report.Report;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client says in a session. */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through once; no message is compared or changed
public sealed interface FrontendMessage {

    /**
     * Calls the method of {@code handler} that is for this kind of message. It stands in for a pattern switch, whose
     * set-up would cost each new process several milliseconds before its first answer.
     */
    void deliverTo(FrontendHandler handler) throws IOException;

    /** A string of any number of statements, to be run at once. */
    record Query(String sql) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onQuery(this);
        }
    }

    /**
     * Makes a prepared statement.
     *
     * @param name empty for the unnamed one
     * @param parameterOids types of the first parameters; 0 leaves one to the server
     */
    record Parse(String name, String sql, int[] parameterOids) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onParse(this);
        }
    }

    /**
     * Makes a portal: a prepared statement with its parameters' values.
     *
     * @param parameterFormats none: all text; one: for all; else one each. 0 text, 1 binary
     * @param values null stands for SQL's NULL
     * @param resultFormats as {@code parameterFormats}
     */
    record Bind(
            String portal,
            String statement,
            int[] parameterFormats,
            List<byte @Nullable []> values,
            int[] resultFormats)
            implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onBind(this);
        }
    }

    /** Asks for the columns of a statement or portal. */
    record Describe(Target target, String name) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onDescribe(this);
        }
    }

    /**
     * Runs a portal, or goes on with it.
     *
     * @param maxRows 0 or less: all rows
     */
    record Execute(String portal, int maxRows) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onExecute(this);
        }
    }

    /** Forgets a statement or portal. */
    record Close(Target target, String name) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onClose(this);
        }
    }

    /** "Send me what you have." */
    record Flush() implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onFlush(this);
        }
    }

    /** The end of a group of extended-query messages. */
    record Sync() implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onSync(this);
        }
    }

    /** The "fast path" call of a function by its number. */
    record FunctionCall(int functionOid) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onFunctionCall(this);
        }
    }

    record CopyData(byte[] data) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onCopyData(this);
        }
    }

    record CopyDone() implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onCopyDone(this);
        }
    }

    record CopyFail(String reason) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onCopyFail(this);
        }
    }

    /** A password, or any other answer to a request for authentication; never printed. */
    record PasswordMessage(byte[] content) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onPassword(this);
        }

        @Override
        public String toString() {
            return "PasswordMessage[" + content.length + " bytes]";
        }
    }

    /** "Goodbye." */
    record Terminate() implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onTerminate(this);
        }
    }

    /**
     * A message that breaks the protocol.
     *
     * @param extended whether it belongs to the extended query protocol, so that all up to the next Sync is void
     * @param report ERROR if the stream is still in step, FATAL if not
     */
    record Malformed(boolean extended, Report report) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onMalformed(this);
        }
    }

    /**
     * The client has gone without a Terminate.
     *
     * @param problem what to log if it went in the middle of a message, or sent an impossible length
     */
    record EndOfInput(@Nullable Report problem) implements FrontendMessage {
        @Override
        public void deliverTo(FrontendHandler handler) throws IOException {
            handler.onEndOfInput(this);
        }
    }

    /** What Describe and Close can name. */
    enum Target {
        STATEMENT,
        PORTAL
    }
}
