package dev.postmaster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of TLS must be like, with PostgreSQL's words where they are not. */
class TlsContextTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private Certificates files = new Certificates(Path.of("."));
    private Settings settings = Settings.DEFAULTS;

    @BeforeEach
    void giveEachTestItsFiles() {
        files = new Certificates(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec:prime256v1", "ed25519"})
    void takesEveryKindOfKey(String kind) {
        files.selfSigned("server", kind, "localhost");

        assertThat(load().parameters().getProtocols()).containsExactly("TLSv1.2", "TLSv1.3");
    }

    /** A certificate that is asked for, and not shown, included. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void rehearsesAWholeHandshake(String version) throws Exception {
        files.selfSigned("server", "rsa:2048", "localhost");
        settings = settings.with(Guc.SSL_MAX_PROTOCOL_VERSION, version).with(Guc.SSL_CA_FILE, "server.crt");
        HandshakeRehearsal rehearsal = new HandshakeRehearsal(load());

        rehearsal.run();

        assertThat(rehearsal.agreed()).contains(version);
    }

    @Test
    void takesTheTraditionalFormOfAnRsaKey() {
        files.selfSigned("server", "rsa:2048", "localhost");
        files.openssl("rsa", "-traditional", "-in", "server.key", "-out", "server.key");

        assertThat(files.file("server.key")).content().contains("BEGIN RSA PRIVATE KEY");
        load();
    }

    @Test
    void takesTheTraditionalFormOfAnEcKey() {
        files.selfSigned("server", "ec:secp384r1", "localhost");
        files.openssl("ec", "-in", "server.key", "-out", "server.key");

        assertThat(files.file("server.key")).content().contains("BEGIN EC PRIVATE KEY");
        load();
    }

    @Test
    void refusesAnEncryptedKey() {
        files.selfSigned("server", "rsa:2048", "localhost");
        files.openssl("pkcs8", "-topk8", "-in", "server.key", "-passout", "pass:x", "-out", "locked.key");
        settings = settings.with(Guc.SSL_KEY_FILE, "locked.key");

        assertThat(refusal().message())
                .isEqualTo("could not load private key file \"locked.key\":"
                        + " the key is encrypted, and nobody can be asked for its passphrase");
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        assertThat(refusal().message())
                .isEqualTo("could not load server certificate file \"server.crt\": No such file or directory");

        files.selfSigned("server", "rsa:2048", "localhost");
        Files.delete(directory.resolve("server.key"));
        assertThat(refusal().message())
                .isEqualTo("could not access private key file \"server.key\": No such file or directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void refusesAKeyThatOthersCanReadOrWrite(String mode) {
        files.selfSigned("server", "rsa:2048", "localhost");
        files.mode("server.key", mode);

        Report refusal = refusal();
        assertThat(refusal.severity()).isEqualTo(Severity.FATAL);
        assertThat(refusal.sqlState()).isEqualTo(SqlState.CONFIG_FILE_ERROR);
        assertThat(refusal.message()).isEqualTo("private key file \"server.key\" has group or world access");
        assertThat(refusal.detail()).startsWith("File must have permissions u=rw (0600) or less if owned by");
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        files.selfSigned("server", "rsa:2048", "localhost");
        files.selfSigned("other", "rsa:2048", "localhost");
        settings = settings.with(Guc.SSL_KEY_FILE, "other.key");

        assertThat(refusal().message()).isEqualTo("check of private key failed: key values mismatch");
    }

    @Test
    void refusesWhatIsNoCertificate() {
        files.write("server.crt", "no certificate\n");

        assertThat(refusal().message()).startsWith("could not load server certificate file \"server.crt\": ");
    }

    @Test
    void readsTheWholeChain() throws IOException {
        files.authority("root");
        files.signed("server", "localhost", "root");
        Files.writeString(
                directory.resolve("server.crt"),
                Files.readString(directory.resolve("server.crt")) + Files.readString(directory.resolve("root.crt")));

        assertThat(new TlsFile("server.crt", directory.resolve("server.crt")).certificates("file"))
                .hasSize(2);
        load();
    }

    @Test
    void asksForCertificatesOnlyWithAnAuthority() {
        files.selfSigned("server", "rsa:2048", "localhost");
        assertThat(load().parameters().getWantClientAuth()).isFalse();

        settings = settings.with(Guc.SSL_CA_FILE, "server.crt");
        assertThat(load().parameters().getWantClientAuth()).isTrue();

        settings = settings.with(Guc.SSL_CA_FILE, "none.crt");
        assertThat(refusal().message())
                .isEqualTo("could not load root certificate file \"none.crt\": No such file or directory");
    }

    @Test
    void speaksTheVersionsThatAreSet() {
        files.selfSigned("server", "rsa:2048", "localhost");
        settings = settings.with(Guc.SSL_MAX_PROTOCOL_VERSION, "tlsv1.2");
        assertThat(load().parameters().getProtocols()).containsExactly("TLSv1.2");

        settings = settings.with(Guc.SSL_MIN_PROTOCOL_VERSION, "TLSv1.3");
        assertThat(refusal().detail())
                .isEqualTo("\"ssl_min_protocol_version\" cannot be higher than \"ssl_max_protocol_version\"");
    }

    @Test
    void bindsToTheHashOfTheCertificate() throws Exception {
        files.selfSigned("server", "rsa:2048", "localhost");
        byte[] der;
        try (var in = Files.newInputStream(directory.resolve("server.crt"))) {
            der = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
        }

        assertThat(load().endPoint())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(der));
    }

    @Test
    void cutsBlocksOutOfWhatStandsBetweenThem() {
        List<PemBlock> blocks = PemBlock.all("""
                text
                -----BEGIN EC PARAMETERS-----
                AQI=
                -----END EC PARAMETERS-----
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AQID
                BAU=
                -----END RSA PRIVATE KEY-----
                """);

        assertThat(blocks).extracting(PemBlock::label).containsExactly("EC PARAMETERS", "RSA PRIVATE KEY");
        assertThat(blocks.getLast().content()).containsExactly(1, 2, 3, 4, 5);
        assertThat(blocks.getLast().isEncrypted()).isTrue();
    }

    private TlsContext load() {
        return TlsContext.load(settings, directory, owner());
    }

    private Report refusal() {
        var thrown = new Report[1];
        assertThatThrownBy(this::load).isInstanceOfSatisfying(ReportException.class, e -> thrown[0] = e.report());
        return thrown[0];
    }

    private int owner() {
        try {
            return (Integer) Files.getAttribute(directory, "unix:uid");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
