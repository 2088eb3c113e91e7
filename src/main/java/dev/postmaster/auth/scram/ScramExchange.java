package dev.postmaster.auth.scram;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, the server's side (auth-scram.c): two messages come, two are answered. What the client may not say is
 * a {@link ReportException} in PostgreSQL's words.
 */
public final class ScramExchange {
    public static final String MECHANISM = "SCRAM-SHA-256";
    public static final String MECHANISM_PLUS = "SCRAM-SHA-256-PLUS";

    private static final int NONCE_BYTES = 18;

    private final ScramVerifier verifier;
    private final byte @Nullable [] binding;
    private final boolean plus;
    private final String serverNonce;

    private String gs2Header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String nonce = "";

    /**
     * A conversation about a password.
     *
     * @param binding what the server's certificate hashes to (tls-server-end-point, RFC 5929); null without TLS
     * @param mechanism one of {@link #mechanisms}
     */
    public ScramExchange(ScramVerifier verifier, byte @Nullable [] binding, String mechanism) {
        this(verifier, binding, mechanism, randomNonce());
    }

    ScramExchange(ScramVerifier verifier, byte @Nullable [] binding, String mechanism, String serverNonce) {
        this.verifier = verifier;
        this.binding = binding == null ? null : binding.clone();
        this.plus = mechanism.equals(MECHANISM_PLUS);
        this.serverNonce = serverNonce;
    }

    /** What a client can choose from, the best first. */
    public static List<String> mechanisms(boolean tls) {
        return tls ? List.of(MECHANISM_PLUS, MECHANISM) : List.of(MECHANISM);
    }

    private static String randomNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Answers client-first-message with server-first-message. */
    public String first(String message) {
        var in = new ScramMessage(message);
        readHeader(in);
        int bare = in.position();
        gs2Header = message.substring(0, bare);
        clientFirstBare = message.substring(bare);
        if (in.startsWith('m')) {
            throw failed(SqlState.FEATURE_NOT_SUPPORTED, "client requires an unsupported SCRAM extension");
        }
        in.attribute('n'); // the name is the one of the startup packet, as in PostgreSQL
        String clientNonce = in.attribute('r');
        if (clientNonce.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw failed(SqlState.PROTOCOL_VIOLATION, "non-printable characters in SCRAM nonce");
        }
        nonce = clientNonce + serverNonce;
        serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
        return serverFirst;
    }

    /** What the client says of channel binding, and that it is nobody but itself. */
    private void readHeader(ScramMessage in) {
        switch (in.take()) {
            case 'n' -> {
                if (plus) {
                    throw ScramMessage.malformed("The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does "
                            + "not include channel binding data.");
                }
                in.expectComma();
            }
            case 'y' -> {
                if (plus) {
                    throw ScramMessage.malformed("The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does "
                            + "not include channel binding data.");
                }
                if (binding != null) {
                    throw new ReportException(Report.of(
                                    Severity.ERROR,
                                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                                    "SCRAM channel binding negotiation error")
                            .withDetail("The client supports SCRAM channel binding but thinks the server does not.  "
                                    + "However, this server does support channel binding."));
                }
                in.expectComma();
            }
            case 'p' -> readBindingType(in);
            default -> throw ScramMessage.malformed("Unexpected channel-binding flag.");
        }
        if (in.startsWith('a')) {
            throw failed(SqlState.FEATURE_NOT_SUPPORTED, "client uses authorization identity, but it is not supported");
        }
        in.expectComma();
    }

    private void readBindingType(ScramMessage in) {
        if (!plus) {
            throw ScramMessage.malformed("The client selected SCRAM-SHA-256 without channel binding, but the SCRAM "
                    + "message includes channel binding data.");
        }
        String type = in.valueAfterSign();
        if (!type.equals("tls-server-end-point")) {
            throw failed(SqlState.PROTOCOL_VIOLATION, "unsupported SCRAM channel-binding type \"" + type + "\"");
        }
    }

    /** Answers client-final-message with server-final-message; empty if the password is wrong. */
    public Optional<String> last(String message) {
        int proofAt = message.lastIndexOf(",p=");
        if (proofAt < 0) {
            throw ScramMessage.malformed("Malformed proof in client-final-message.");
        }
        var in = new ScramMessage(message);
        checkBinding(in.attribute('c'));
        if (!in.attribute('r').equals(nonce)) {
            throw new ReportException(Report.of(Severity.ERROR, SqlState.PROTOCOL_VIOLATION, "invalid SCRAM response")
                    .withDetail("Nonce does not match."));
        }
        byte[] proof = ScramMessage.base64(message.substring(proofAt + 3));
        if (proof == null || proof.length != Sha256.BYTES) {
            throw ScramMessage.malformed("Malformed proof in client-final-message.");
        }
        String said = clientFirstBare + "," + serverFirst + "," + message.substring(0, proofAt);
        return isRight(proof, said)
                ? Optional.of("v=" + Base64.getEncoder().encodeToString(Sha256.hmac(verifier.serverKey(), said)))
                : Optional.empty();
    }

    private void checkBinding(String attribute) {
        byte[] header = gs2Header.getBytes(StandardCharsets.US_ASCII);
        byte[] expected = header;
        if (plus && binding != null) {
            expected = Arrays.copyOf(header, header.length + binding.length);
            System.arraycopy(binding, 0, expected, header.length, binding.length);
        }
        byte[] shown = ScramMessage.base64(attribute);
        if (shown != null && MessageDigest.isEqual(shown, expected)) {
            return;
        }
        throw plus
                ? failed(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "SCRAM channel binding check failed")
                : failed(
                        SqlState.PROTOCOL_VIOLATION,
                        "unexpected SCRAM channel-binding attribute in client-final-message");
    }

    /** Takes as long for a wrong proof as for the right one. */
    private boolean isRight(byte[] proof, String said) {
        byte[] signature = Sha256.hmac(verifier.storedKey(), said);
        byte[] clientKey = new byte[Sha256.BYTES];
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] = (byte) (proof[i] ^ signature[i]);
        }
        return MessageDigest.isEqual(Sha256.hash(clientKey), verifier.storedKey());
    }

    private static ReportException failed(SqlState state, String message) {
        return new ReportException(Report.of(Severity.ERROR, state, message));
    }
}
