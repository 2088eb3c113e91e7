package dev.postmaster.auth.scram;

import com.ongres.saslprep.SASLprep;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps of a password: enough to check a proof of it, not enough to make one (RFC 5803). As text it is
 * PostgreSQL's {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}.
 *
 * @param iterations how often the password was hashed
 * @param storedKey hash of the key that only the client can show
 * @param serverKey by which the server proves that it knows the verifier
 */
@SuppressWarnings("ArrayRecordComponent") // parsed and used once; never compared
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    /** PostgreSQL's default, which psql uses as well. */
    public static final int ITERATIONS = 4096;

    private static final String BASE64 = "([A-Za-z0-9+/]+={0,2})";
    private static final Pattern TEXT =
            Pattern.compile("SCRAM-SHA-256\\$([1-9][0-9]{0,8}):" + BASE64 + "\\$" + BASE64 + ":" + BASE64);
    private static final int SALT_BYTES = 16;

    /** Makes the verifier of a password, with a salt of its own. */
    public static ScramVerifier of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return of(password, salt, ITERATIONS);
    }

    static ScramVerifier of(String password, byte[] salt, int iterations) {
        char[] prepared = prepare(password);
        byte[] salted = Sha256.stretch(prepared, salt, iterations);
        Arrays.fill(prepared, '\0');
        return new ScramVerifier(
                iterations,
                salt.clone(),
                Sha256.hash(Sha256.hmac(salted, "Client Key")),
                Sha256.hmac(salted, "Server Key"));
    }

    /** As clients do: a password that SASLprep forbids is taken as it is (scram-common.c). */
    private static char[] prepare(String password) {
        if (password.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return password.toCharArray();
        }
        try {
            return new SASLprep().prepareStored(password).toCharArray();
        } catch (IllegalArgumentException forbidden) {
            return password.toCharArray();
        }
    }

    /**
     * A verifier for a role that has none, or does not exist: whoever tries is told a salt all the same, the same one each
     * time, and then that the password is wrong (mock_scram_secret).
     *
     * @param secret of the cluster, so that nobody can tell the salt from a real one
     */
    public static ScramVerifier mock(String user, byte[] secret) {
        byte[] salt = Arrays.copyOf(Sha256.hmac(secret, user), SALT_BYTES);
        byte[] key = new byte[Sha256.BYTES];
        new SecureRandom().nextBytes(key); // nobody has the password to it
        return new ScramVerifier(ITERATIONS, salt, key, key);
    }

    /** Reads {@link #text}; empty if it is none. */
    public static Optional<ScramVerifier> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            byte[] stored = decoder.decode(matcher.group(3));
            byte[] server = decoder.decode(matcher.group(4));
            return stored.length == Sha256.BYTES && server.length == Sha256.BYTES
                    ? Optional.of(new ScramVerifier(
                            Integer.parseInt(matcher.group(1)), decoder.decode(matcher.group(2)), stored, server))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** As it is kept. */
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(storedKey) + ":" + encoder.encodeToString(serverKey);
    }

    /** Not what it is: a log is no place for it. */
    @Override
    public String toString() {
        return "ScramVerifier";
    }
}
