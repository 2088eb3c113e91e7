package dev.postmaster.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a certificate says its owner is. */
class ClientNameTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void isTheFirstCommonNameOrAllOfIt() throws Exception {
        X509Certificate certificate = issuedTo("/O=Example/CN=alice, the first/OU=Sales");

        assertThat(ClientName.common(certificate)).contains("alice, the first");
        assertThat(ClientName.distinguished(certificate)).isEqualTo("OU=Sales,CN=alice\\, the first,O=Example");
    }

    @Test
    void mayBeNobody() throws Exception {
        assertThat(ClientName.common(issuedTo("/O=Example"))).isEmpty();
    }

    private X509Certificate issuedTo(String subject) throws Exception {
        new Certificates(directory)
                .openssl(
                        "req",
                        "-new",
                        "-x509",
                        "-nodes",
                        "-newkey",
                        "rsa:2048",
                        "-subj",
                        subject,
                        "-keyout",
                        "a.key",
                        "-out",
                        "a.crt");
        try (var in = Files.newInputStream(directory.resolve("a.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
