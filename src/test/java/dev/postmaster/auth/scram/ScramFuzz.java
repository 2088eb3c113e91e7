package dev.postmaster.auth.scram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.ReportException;

/**
 * Whatever a client that does not know the password says: it is refused in our words. An input is a digit (1: with TLS,
 * 2: with channel binding), the first message, a line feed, and the last message.
 */
public final class ScramFuzz {
    private static final byte[] SALT = "0123456789abcdef".getBytes(UTF_8);
    private static final byte[] BINDING = "certificate".getBytes(UTF_8);
    private static final ScramVerifier VERIFIER = ScramVerifier.of("nobody will find this one", SALT, 1);

    private ScramFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, UTF_8);
        ScramVerifier.parse(text).ifPresent(ScramFuzz::isKept);
        if (text.isEmpty()) {
            return;
        }
        int kind = text.charAt(0);
        String[] messages = text.substring(1).split("\n", 2);
        talk((kind & 1) != 0, (kind & 2) != 0, messages[0], messages.length == 1 ? "" : messages[1]);
    }

    private static void talk(boolean tls, boolean plus, String first, String last) {
        ScramExchange exchange = new ScramExchange(
                VERIFIER,
                tls ? BINDING : null,
                plus ? ScramExchange.MECHANISM_PLUS : ScramExchange.MECHANISM,
                "serverNonce");
        try {
            assertThat(exchange.first(first)).contains("serverNonce,s=", ",i=1");
            assertThat(exchange.last(last)).isEmpty();
        } catch (ReportException refused) {
            assertThat(refused.report().message()).isNotEmpty();
        }
    }

    private static void isKept(ScramVerifier verifier) {
        String text = verifier.text();
        assertThat(ScramVerifier.parse(text)).map(ScramVerifier::text).contains(text);
    }
}
