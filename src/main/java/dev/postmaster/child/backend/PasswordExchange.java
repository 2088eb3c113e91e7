package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.auth.scram.ScramExchange;
import dev.postmaster.auth.scram.ScramVerifier;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.BackendMessage.AuthenticationSasl;
import dev.postmaster.wire.BackendMessage.AuthenticationSaslContinue;
import dev.postmaster.wire.BackendMessage.AuthenticationSaslFinal;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has a client prove its password (CheckSASLAuth, auth-sasl.c). Reads what it expects and not a byte more: what follows is
 * the session's.
 */
final class PasswordExchange {
    /** PG_MAX_SASL_MESSAGE_LENGTH. */
    private static final int LONGEST = 1024;

    private static final int NO_RESPONSE = -1;

    private final Client client;
    private final DataInputStream in;
    private final byte @Nullable [] binding;

    /** The client has hung up, as psql does to ask its user first; nobody needs to hear of it. */
    static final class ClientLeft extends IOException {
        private static final long serialVersionUID = 1L;

        ClientLeft(EOFException end) {
            super("the client has left", end);
        }
    }

    PasswordExchange(Connection connection) {
        this.client = connection.client();
        this.in = new DataInputStream(connection.streams().input());
        this.binding =
                connection.streams().encryption().map(Encryption::endPoint).orElse(null);
    }

    /**
     * Whether the client knows the password.
     *
     * @throws ReportException if it does not keep to the protocol
     * @throws ClientLeft if it hangs up
     */
    boolean prove(ScramVerifier verifier) throws IOException {
        List<String> mechanisms = ScramExchange.mechanisms(binding != null);
        say(new AuthenticationSasl(mechanisms));
        byte[] initial = response();
        int end = endOfText(initial);
        String mechanism = new String(initial, 0, end, StandardCharsets.UTF_8);
        if (!mechanisms.contains(mechanism)) {
            throw violation("client selected an invalid SASL authentication mechanism");
        }
        ScramExchange exchange = new ScramExchange(verifier, binding, mechanism);
        say(new AuthenticationSaslContinue(exchange.first(firstMessage(initial, end + 1))));
        Optional<String> proof = exchange.last(new String(response(), StandardCharsets.UTF_8));
        if (proof.isEmpty()) {
            return false;
        }
        client.send(new AuthenticationSaslFinal(proof.get())); // goes with AuthenticationOk
        return true;
    }

    private void say(BackendMessage message) throws IOException {
        client.send(message);
        client.flush();
    }

    private byte[] response() throws IOException {
        try {
            int type = in.readUnsignedByte();
            if (type != 'p') {
                throw violation("expected SASL response, got message type " + type);
            }
            int length = in.readInt() - Integer.BYTES;
            if (length < 0 || length > LONGEST) {
                throw violation("invalid message length");
            }
            byte[] body = new byte[length];
            in.readFully(body);
            return body;
        } catch (EOFException end) {
            throw new ClientLeft(end);
        }
    }

    /** Where the zero byte stands that must end a text. */
    private static int endOfText(byte[] message) {
        for (int i = 0; i < message.length; i++) {
            if (message[i] == 0) {
                return i;
            }
        }
        throw violation("invalid string in message");
    }

    /** The client may leave it out; an empty one is what the exchange then complains of. */
    private static String firstMessage(byte[] initial, int at) {
        if (initial.length - at < Integer.BYTES) {
            throw violation("insufficient data left in message");
        }
        int length = ByteBuffer.wrap(initial).getInt(at);
        int start = at + Integer.BYTES;
        if (length != NO_RESPONSE && length != initial.length - start) {
            throw violation("invalid message format");
        }
        return new String(initial, start, initial.length - start, StandardCharsets.UTF_8);
    }

    private static ReportException violation(String message) {
        return error(SqlState.PROTOCOL_VIOLATION, message);
    }
}
