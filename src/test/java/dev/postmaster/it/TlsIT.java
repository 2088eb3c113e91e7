package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.tls.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS on the PostgreSQL port, with clients that nobody here wrote (CL-13, CL-38, LN-3, SG-32). */
class TlsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private RunningPostmaster postmaster;
    private Certificates files;

    @BeforeEach
    void start() {
        files = new Certificates(directory);
        files.authority("root");
        files.signed("server", "localhost", "root");
        postmaster = RunningPostmaster.start(with("authentication_timeout=5s", "log_connections=on"));
    }

    private String[] with(String... more) {
        var settings = new ArrayList<>(List.of(
                "ssl=on", "ssl_cert_file=" + files.file("server.crt"), "ssl_key_file=" + files.file("server.key")));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    @AfterEach
    void stop() {
        postmaster.close();
    }

    @ParameterizedTest
    @CsvSource({"disable,false", "allow,false", "prefer,true", "require,true", "verify-ca,true", "verify-full,true"})
    void psqlGetsWhatItsSslmodeAsksFor(String mode, boolean encrypted) {
        Outcome said = psql(mode, "-c", "\\conninfo", "-c", "select 40 + 2");

        assertThat(said.err()).isEmpty();
        assertThat(said.out().contains("SSL connection (protocol: TLSv1.3, cipher: TLS_AES_256_GCM_SHA384"))
                .isEqualTo(encrypted);
        assertThat(said.out()).contains("42");
    }

    @Test
    void psqlRefusesACertificateOfAnotherHost() throws IOException {
        files.signed("other", "elsewhere.example", "root");
        files.openssl("x509", "-req", "-in", "other.csr", "-CA", "root.crt", "-CAkey", "root.key", "-out", "other.crt");
        replace("other.crt", "server.crt");
        replace("other.key", "server.key");
        reload();

        await("the new certificate", () -> psql("verify-full", "-c", "select 1")
                .err()
                .contains("server certificate for \"elsewhere.example\" does not match host name \"localhost\""));
        assertThat(psql("verify-ca", "-c", "select 1").status()).isZero();
    }

    @Test
    void theLogSaysWhatIsSpoken() {
        psql("require", "-c", "select 1");

        postmaster.awaitLog("connection authorized: user=postgres database=postgres application_name=psql"
                + " SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)");
    }

    @Test
    void theDriverBeginsDirectly() throws SQLException {
        var properties = new Properties();
        properties.setProperty("sslmode", "require");
        properties.setProperty("sslNegotiation", "direct");
        try (var connection = postmaster.connect("postgres", properties);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from generate_series(1, 100000)")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(100_000L);
        }
        postmaster.awaitLog("SSL enabled (protocol=TLSv1.3");
    }

    @Test
    void muchGoesThroughInBothDirections() throws IOException {
        String text = "x".repeat(200_000);
        try (TlsClient client = TlsClient.negotiate(postmaster.port())) {
            client.begin("postgres");
            assertThat(client.ask("select length('" + text + "'), '" + text + "'"))
                    .contains("200000", text);
        }
    }

    @Test
    void whoBeginsDirectlyMustSayWhatItWantsToSpeak() throws IOException {
        try (TlsClient client = TlsClient.direct(postmaster.port())) {
            assertThat(client.isClosedByServer()).isTrue();
        }
        postmaster.awaitLog("received direct SSL connection request without ALPN protocol negotiation extension");

        assertThatThrownBy(() -> TlsClient.direct(postmaster.port(), "h2")).isInstanceOf(IOException.class);
        postmaster.awaitLog("could not accept SSL connection: ");

        try (TlsClient client = TlsClient.direct(postmaster.port(), "postgresql")) {
            client.begin("postgres");
            assertThat(client.ask("select 42")).contains("42");
        }
    }

    @Test
    void aSessionLivesOverANewCertificate() throws IOException {
        try (TlsClient before = TlsClient.negotiate(postmaster.port())) {
            before.begin("postgres");
            var old = before.serverCertificate();
            files.signed("new", "localhost", "root");
            replace("new.crt", "server.crt");
            replace("new.key", "server.key");

            reload();

            assertThat(before.ask("select 42")).contains("42");
            await("the new certificate", () -> !shown().equals(old));
            assertThat(before.ask("select 43")).contains("43");
        }
    }

    @Test
    void aKeyThatIsNoGoodIsNotTakenOver() throws IOException {
        try (TlsClient session = TlsClient.negotiate(postmaster.port())) {
            session.begin("postgres");
            files.mode("server.key", "rw-r-----");

            reload();

            postmaster.awaitLog("private key file \"" + files.file("server.key") + "\" has group or world access");
            postmaster.awaitLog("SSL configuration was not reloaded");
            assertThat(session.ask("select 42")).contains("42");
            files.mode("server.key", "rw-------");
            reload();
            await("TLS", () -> psql("require", "-c", "select 1").status() == 0);
        }
    }

    @Test
    void offIsOffAfterAReload() throws IOException {
        // A value of the command line would stay.
        postmaster.close();
        postmaster = RunningPostmaster.start(
                "ssl_cert_file=" + files.file("server.crt"), "ssl_key_file=" + files.file("server.key"));
        set("ssl = on");
        await("TLS", () -> psql("require", "-c", "select 1").status() == 0);

        set("ssl = off");

        await("no TLS", () -> psql("require", "-c", "select 1").err().contains("server does not support SSL"));
        assertThat(psql("prefer", "-c", "select 1").err()).isEmpty();
    }

    @Test
    void withoutItsFilesThereIsNoStart() throws IOException {
        Files.delete(files.file("server.key"));
        try (var failing = RunningPostmaster.launchOnly(with())) {
            assertThat(failing.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", failing.log()))
                    .contains("FATAL:  could not access private key file \"" + files.file("server.key")
                            + "\": No such file or directory");
        }
    }

    @Test
    void cancelsThroughTls() throws IOException {
        cancelThroughTls();
        assertThat(psql("require", "-c", "select 1").err()).isEmpty();
    }

    @Test
    void cancelsThroughTlsWithoutSpares() throws IOException {
        postmaster.close();
        postmaster = RunningPostmaster.start(with("spares_max=0"));

        cancelThroughTls();
    }

    private void cancelThroughTls() throws IOException {
        try (TlsClient busy = TlsClient.negotiate(postmaster.port())) {
            busy.begin("postgres");
            busy.send("select count(*) from generate_series(1, 2000000000)");
            try (TlsClient canceller = TlsClient.negotiate(postmaster.port())) {
                canceller.cancel(busy);
                assertThat(canceller.isClosedByServer()).isTrue();
            }
            assertThat(busy.answer()).contains("57014", "canceling statement due to user request");
            assertThat(busy.ask("select 42")).contains("42");
        }
    }

    @Test
    void speaksNoOldTls() {
        assertThat(openssl("-tls1_1").status()).isNotZero();
        assertThat(openssl("-tls1_2").out()).contains("Protocol  : TLSv1.2", "Verify return code: 0 (ok)");
        assertThat(openssl("-tls1_3").out()).contains("TLSv1.3", "Verify return code: 0 (ok)");
    }

    @Test
    void doesNotRenegotiate() throws IOException {
        TlsClient client = TlsClient.negotiate(postmaster.port(), "TLSv1.2");
        client.begin("postgres");
        assertThat(client.protocol()).isEqualTo("TLSv1.2");

        client.renegotiate();

        assertThatThrownBy(() -> client.ask("select 1")).isInstanceOf(IOException.class);
        assertThat(psql("require", "-c", "select 1").err()).isEmpty();
    }

    @Test
    void whatWasCutOffIsRolledBack() throws IOException {
        psql("require", "-c", "create table kept (id int)");
        TlsClient client = TlsClient.negotiate(postmaster.port());
        client.begin("postgres");
        client.ask("begin; insert into kept values (1)");

        client.cutOff();

        postmaster.awaitLog("unexpected EOF on client connection with an open transaction");
        assertThat(psql("require", "-Atc", "select count(*) from kept").out()).isEqualTo("0\n");
    }

    @Test
    void whoLeavesWithinAPacketIsNoted() throws IOException {
        TlsClient.negotiate(postmaster.port()).leaveWithinAPacket();

        postmaster.awaitLog("incomplete startup packet");
        assertThat(psql("require", "-c", "select 1").err()).isEmpty();
    }

    @Test
    void plainTextAfterTheRequestIsRefused() throws IOException {
        try (Socket client = TlsClient.connect(postmaster.port())) {
            byte[] both = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f, 0, 0, 0, 9, 0, 3, 0, 0, 0};
            client.getOutputStream().write(both);

            postmaster.awaitLog("FATAL:  received unencrypted data after SSL request");
        }
        assertThat(psql("require", "-c", "select 1").err()).isEmpty();
    }

    @Test
    void silenceEndsWithTheAuthenticationTimeout() throws IOException {
        try (Socket client = TlsClient.connect(postmaster.port())) {
            TlsClient.ask(client);

            assertThat(client.getInputStream().readAllBytes()).containsExactly('S');
        }
        postmaster.awaitLog("canceling authentication due to timeout");
        assertThat(psql("require", "-c", "select 1").err()).isEmpty();
    }

    @Test
    void whoHasSaidNothingYetCountsForItsAddress() throws IOException {
        postmaster.close();
        postmaster = RunningPostmaster.start(with("max_connections_per_source=1"));
        try (Socket silent = TlsClient.connect(postmaster.port())) {
            TlsClient.ask(silent);
            assertThat(silent.getInputStream().read()).isEqualTo('S');

            assertThat(psql("disable", "-c", "select 1").err())
                    .contains("too many connections from address \"127.0.0.1\"");
            assertThat(psql("require", "-c", "select 1").status()).isEqualTo(2);
        }
        await("a place", () -> psql("require", "-c", "select 1").status() == 0);
    }

    @Test
    void aClientCertificateMustBeGoodIfThereIsOne() {
        postmaster.close();
        files.signed("alice", "alice", "root");
        files.signed("eve", "eve", "root");
        files.selfSigned("mallory", "rsa:2048", "alice");
        files.revoke("root", "eve");
        postmaster = RunningPostmaster.start(
                with("ssl_ca_file=" + files.file("root.crt"), "ssl_crl_file=" + files.file("root.crl")));

        assertThat(psqlShowing("alice").err()).isEmpty();
        assertThat(psql("require", "-c", "select 1").err()).isEmpty();
        assertThat(psqlShowing("mallory").status()).isEqualTo(2);
        postmaster.awaitLog("could not accept SSL connection: ");
        assertThat(psqlShowing("eve").status()).isEqualTo(2);
        postmaster.awaitLog("could not accept SSL connection: ", 2);
    }

    @Test
    void aCertificateMayBeAllThatLetsIn() throws IOException {
        postmaster.close();
        files.signed("postgres", "postgres", "root");
        files.signed("alice", "alice", "root");
        postmaster = RunningPostmaster.start(with("ssl_ca_file=" + files.file("root.crt"), "log_connections=on"));
        Files.writeString(postmaster.dataDirectory().resolve("pg_hba.conf"), "hostssl all all all cert\n");
        reload();

        await("the rule", () -> psql("disable", "-c", "select 1").status() == 2);
        assertThat(psql("disable", "-c", "select 1").err())
                .contains("no pg_hba.conf entry for host \"127.0.0.1\", user \"postgres\", database \"postgres\","
                        + " no encryption");
        assertThat(psql("require", "-c", "select 1").err()).contains("connection requires a valid client certificate");
        assertThat(psqlShowing("alice").err()).contains("certificate authentication failed for user \"postgres\"");
        postmaster.awaitLog("provided user name (postgres) and authenticated user name (alice) do not match");
        assertThat(psqlShowing("postgres").err()).isEmpty();
        postmaster.awaitLog("connection authenticated: identity=\"CN=postgres\" method=cert");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "require channel_binding=require password=right | ''",
                "require channel_binding=disable password=right | ''",
                "require channel_binding=require password=wrong | password authentication failed for user \"postgres\"",
                "require channel_binding=require                | no password supplied",
                "disable password=right                         | user \"postgres\", database \"postgres\", no encryption"
            })
    void aPasswordIsProvedTogetherWithTheCertificate(String mode, String refusal) throws IOException {
        psql("require", "-c", "alter role postgres password 'right'");
        Files.writeString(postmaster.dataDirectory().resolve("pg_hba.conf"), "hostssl all all all scram-sha-256\n");

        assertThat(psql(mode, "-w", "-c", "select 1").err().strip()).endsWith(refusal);
    }

    private Outcome psqlShowing(String who) {
        return psql(
                "require sslcert=" + files.file(who + ".crt") + " sslkey=" + files.file(who + ".key"),
                "-c",
                "select 1");
    }

    private Outcome openssl(String version) {
        return Outcome.of(new ProcessBuilder(
                "openssl",
                "s_client",
                "-starttls",
                "postgres",
                "-connect",
                "127.0.0.1:" + postmaster.port(),
                "-verify_return_error",
                "-CAfile",
                files.file("root.crt").toString(),
                version));
    }

    private Outcome psql(String mode, String... arguments) {
        var command = new ArrayList<>(List.of(
                "psql",
                "-X",
                "host=localhost hostaddr=127.0.0.1 port=" + postmaster.port()
                        + " user=postgres dbname=postgres gssencmode=disable sslmode=" + mode + " sslrootcert="
                        + files.file("root.crt")));
        command.addAll(List.of(arguments));
        return Outcome.of(new ProcessBuilder(command));
    }

    private X509Certificate shown() {
        try (TlsClient client = TlsClient.negotiate(postmaster.port())) {
            client.begin("postgres");
            return client.serverCertificate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The signal reaches a backend some time after the postmaster. */
    private static void await(String what, BooleanSupplier condition) {
        Deadline.await(what, RunningPostmaster.PATIENCE, condition);
    }

    private void replace(String by, String name) throws IOException {
        Files.move(files.file(by), files.file(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void set(String line) throws IOException {
        Files.writeString(postmaster.dataDirectory().resolve("postmaster.conf"), line + "\n");
        reload();
    }

    private void reload() {
        int before = (int) postmaster.log().stream()
                .filter(line -> line.contains("received SIGHUP"))
                .count();
        postmaster.signal("HUP");
        postmaster.awaitLog("received SIGHUP", before + 1);
    }
}
