package dev.postmaster.auth.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversation of RFC 7677, section 3, and all that is not one (auth-scram.c). */
class ScramExchangeTest {
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String CLIENT_FINAL = "c=biws,r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE;
    private static final String PROOF = ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final byte[] CERTIFICATE = "hash of a certificate".getBytes(StandardCharsets.US_ASCII);

    private static final ScramVerifier PENCIL =
            ScramVerifier.of("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

    @Test
    void theExampleOfTheStandard() {
        ScramExchange exchange = exchange(null, ScramExchange.MECHANISM);
        assertThat(exchange.first(CLIENT_FIRST))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(exchange.last(CLIENT_FINAL + PROOF)).contains("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void anotherPasswordIsWrong() {
        ScramVerifier other = ScramVerifier.of("Pencil", PENCIL.salt(), 4096);
        var exchange = new ScramExchange(other, null, ScramExchange.MECHANISM, SERVER_NONCE);
        exchange.first(CLIENT_FIRST);
        assertThat(exchange.last(CLIENT_FINAL + PROOF)).isEmpty();
    }

    @Test
    void nobodyHasThePasswordOfAMock() {
        ScramVerifier mock = ScramVerifier.mock("nobody", new byte[] {1});
        assertThat(mock.salt())
                .isEqualTo(ScramVerifier.mock("nobody", new byte[] {1}).salt());
        assertThat(mock.salt())
                .isNotEqualTo(ScramVerifier.mock("somebody", new byte[] {1}).salt());
        var exchange = new ScramExchange(mock, null, ScramExchange.MECHANISM, SERVER_NONCE);
        exchange.first(CLIENT_FIRST);
        assertThat(exchange.last(CLIENT_FINAL + PROOF)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                              | 08P01 | malformed SCRAM message",
                "x,,n=,r=a                       | 08P01 | malformed SCRAM message",
                "n                               | 08P01 | malformed SCRAM message",
                "n,                              | 08P01 | malformed SCRAM message",
                "nn,n=,r=a                       | 08P01 | malformed SCRAM message",
                "n,a=other,n=,r=a                | 0A000 | client uses authorization identity, but it is not supported",
                "n,,m=x,n=,r=a                   | 0A000 | client requires an unsupported SCRAM extension",
                "n,,r=a                          | 08P01 | malformed SCRAM message",
                "n,,n=                           | 08P01 | malformed SCRAM message",
                "n,,n=,r                         | 08P01 | malformed SCRAM message",
                "n,,n=,r=\u00e9                  | 08P01 | non-printable characters in SCRAM nonce",
                "p=tls-server-end-point,,n=,r=a  | 08P01 | malformed SCRAM message",
            })
    void whatCannotComeFirst(String message, String state, String error) {
        Report report = refusal(() -> exchange(null, ScramExchange.MECHANISM).first(message));
        assertThat(report.sqlState().code()).isEqualTo(state);
        assertThat(report.message()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n,,n=,r=a", "y,,n=,r=a"})
    void whoWantsBindingMustBind(String message) {
        assertThat(refusal(() -> exchange(CERTIFICATE, ScramExchange.MECHANISM_PLUS)
                                .first(message))
                        .message())
                .isEqualTo("malformed SCRAM message");
    }

    @Test
    void aClientThatWasToldThereIsNoBindingHasBeenLiedTo() {
        assertThat(refusal(() -> exchange(CERTIFICATE, ScramExchange.MECHANISM).first("y,,n=,r=a"))
                        .message())
                .isEqualTo("SCRAM channel binding negotiation error");
    }

    @Test
    void thereIsOneKindOfBinding() {
        assertThat(refusal(() -> exchange(CERTIFICATE, ScramExchange.MECHANISM_PLUS)
                                .first("p=tls-unique,,n=,r=a"))
                        .message())
                .isEqualTo("unsupported SCRAM channel-binding type \"tls-unique\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c=biws,r=rOprNGfwEbeRWgbNEkqOother%PROOF          | invalid SCRAM response",
                "c=eSws,r=rOprNGfwEbeRWgbNEkqO%NONCE%PROOF         | unexpected SCRAM channel-binding attribute in client-final-message",
                "c=?,r=rOprNGfwEbeRWgbNEkqO%NONCE%PROOF            | unexpected SCRAM channel-binding attribute in client-final-message",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%NONCE               | malformed SCRAM message",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%NONCE,p=short       | malformed SCRAM message",
                "r=rOprNGfwEbeRWgbNEkqO%NONCE%PROOF                | malformed SCRAM message",
            })
    void whatCannotComeLast(String message, String error) {
        ScramExchange exchange = exchange(null, ScramExchange.MECHANISM);
        exchange.first(CLIENT_FIRST);
        String whole = message.replace("%NONCE", SERVER_NONCE).replace("%PROOF", PROOF);
        assertThat(refusal(() -> exchange.last(whole)).message()).isEqualTo(error);
    }

    @Test
    void aProofThatIsBoundToAnotherCertificateIsRefused() {
        ScramExchange exchange = exchange(CERTIFICATE, ScramExchange.MECHANISM_PLUS);
        exchange.first("p=tls-server-end-point,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        String header = Base64.getEncoder()
                .encodeToString("p=tls-server-end-point,,another".getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal(() -> exchange.last("c=" + header + ",r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE + PROOF))
                        .message())
                .isEqualTo("SCRAM channel binding check failed");
    }

    @Test
    void aVerifierSaysTheSameAsText() {
        String text = PENCIL.text();
        assertThat(text).startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$");
        assertThat(ScramVerifier.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "md5aabbcc",
                "SCRAM-SHA-256$0:AAAA$AAAA:AAAA",
                "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
                "SCRAM-SHA-256$4096:$:",
                "SCRAM-SHA-1$4096:AAAA$AAAA:AAAA"
            })
    void otherTextsAreNoVerifiers(String text) {
        assertThat(ScramVerifier.parse(text)).isEmpty();
    }

    /** A soft hyphen is nothing, an ideographic space is a space (RFC 4013). */
    @Test
    void aPasswordIsPreparedAsClientsDo() {
        byte[] salt = {1, 2, 3, 4};
        assertThat(ScramVerifier.of("I\u00adX\u3000y", salt, 1).storedKey())
                .isEqualTo(ScramVerifier.of("IX y", salt, 1).storedKey());
        assertThat(ScramVerifier.of("\u0007\u00e9", salt, 1).storedKey())
                .as("forbidden, and so taken as it is")
                .isNotEqualTo(ScramVerifier.of("\u00e9", salt, 1).storedKey());
    }

    @Test
    void nothingPrintsASecret() {
        assertThat(PENCIL.toString()).isEqualTo("ScramVerifier");
    }

    private static ScramExchange exchange(byte @Nullable [] binding, String mechanism) {
        return new ScramExchange(PENCIL, binding, mechanism, SERVER_NONCE);
    }

    private static Report refusal(ThrowingCallable call) {
        return catchThrowableOfType(ReportException.class, call).report();
    }
}
