package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.auth.hba.AuthMethod;
import dev.postmaster.auth.hba.HbaRule;
import dev.postmaster.auth.hba.Knock;
import dev.postmaster.auth.hba.Transport;
import dev.postmaster.auth.scram.ScramVerifier;
import dev.postmaster.config.Guc;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.tls.ClientName;
import dev.postmaster.wire.StartupPacket.Startup;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a client is who it says: by the rule of {@code pg_hba.conf} that fits it (ClientAuthentication, auth.c). */
final class Authentication {
    private final Connection connection;
    private final Surroundings around;
    private final AccessFiles files;
    private final Supplier<String> systemUser;
    private final Optional<Encryption> encryption;
    private final UserMap map;

    /** @param systemUser who is at the other end of the Unix socket; fails with FATAL if nobody knows */
    Authentication(Connection connection, AccessFiles files, Supplier<String> systemUser) {
        this.connection = connection;
        this.around = connection.around();
        this.encryption = connection.streams().encryption();
        this.files = files;
        this.systemUser = systemUser;
        this.map = new UserMap(files::identities, around.log());
    }

    /**
     * Talks to the client as far as it takes.
     *
     * @throws ReportException FATAL if it is not, or may not come in whoever it is
     */
    void run(Startup startup) throws IOException {
        HbaRule rule = ruleFor(startup).orElseThrow(() -> refused("no pg_hba.conf entry for host " + caller(startup)));
        var certificate = new CertificateCheck(rule, encryption.flatMap(Encryption::certificate), around.log());
        certificate.requireOne();
        switch (rule.method()) {
            case TRUST -> {}
            case CERT ->
                encryption
                        .flatMap(Encryption::certificate)
                        .ifPresent(shown -> authenticated(ClientName.distinguished(shown), rule));
            case REJECT -> throw refused("pg_hba.conf rejects connection for host " + caller(startup));
            case PEER -> checkPeer(rule, startup.user());
            case SCRAM_SHA_256 -> checkPassword(rule, startup.user());
        }
        if (!certificate.isOf(startup.user(), map)) {
            throw failed(rule, startup.user(), "");
        }
    }

    /** Finds the rule, and what a password would be proved with, so that the first client does not wait for it. */
    void rehearse(Startup startup) {
        if (ruleFor(startup)
                .filter(rule -> rule.method() == AuthMethod.SCRAM_SHA_256)
                .isPresent()) {
            ScramVerifier.mock(startup.user(), files.secret());
        }
    }

    private Optional<HbaRule> ruleFor(Startup startup) {
        return files.rules().ruleFor(knock(startup));
    }

    private Knock knock(Startup startup) {
        Surroundings.Peer peer = around.peer();
        boolean local = peer.port() == 0;
        return new Knock(
                local ? Transport.UNIX_SOCKET : encryption.isPresent() ? Transport.TLS : Transport.TCP,
                local ? null : InetAddress.ofLiteral(peer.host()),
                startup.database(),
                startup.user(),
                group -> files.roles().isMember(startup.user(), group));
    }

    private String caller(Startup startup) {
        return "\"" + around.peer().host() + "\", user \"" + startup.user() + "\", database \"" + startup.database()
                + (encryption.isPresent() ? "\", SSL encryption" : "\", no encryption");
    }

    private void checkPeer(HbaRule rule, String user) {
        String system = systemUser.get();
        authenticated(system, rule);
        if (!map.allows(rule, system, user)) {
            throw failed(rule, user, "");
        }
    }

    /** Whoever has no password, or is nobody, is asked for it like all others, and learns nothing else. */
    private void checkPassword(HbaRule rule, String user) throws IOException {
        PasswordOf password =
                PasswordOf.role(files.roles().find(user), user, around.clock().instant());
        ScramVerifier verifier = password.verifier().orElseGet(() -> ScramVerifier.mock(user, files.secret()));
        boolean known = new PasswordExchange(connection).prove(verifier);
        if (!known || password.verifier().isEmpty()) {
            throw failed(rule, user, password.trouble());
        }
        authenticated(user, rule);
    }

    /** Who it is, is known; whether it may come in is not decided by that (set_authn_id). */
    private void authenticated(String identity, HbaRule rule) {
        if (around.settings().get(Guc.LOG_CONNECTIONS)) {
            around.log().log("connection authenticated: identity=\"" + identity + "\" method="
                    + rule.method().word() + " (" + rule.place().file() + ":"
                    + rule.place().line() + ")");
        }
    }

    /** The client is not told which rule it was, the log is (auth_failed); whoever guesses waits before the next guess. */
    private ReportException failed(HbaRule rule, String user, String trouble) {
        delay();
        String method =
                switch (rule.method()) {
                    case CERT -> "certificate";
                    case SCRAM_SHA_256 -> "password";
                    case PEER -> "Peer";
                    case TRUST, REJECT -> "\"" + rule.method().word() + "\"";
                };
        SqlState state = rule.method() == AuthMethod.SCRAM_SHA_256
                ? SqlState.INVALID_PASSWORD
                : SqlState.INVALID_AUTHORIZATION_SPECIFICATION;
        return new ReportException(fatal(state, method + " authentication failed for user \"" + user + "\"")
                .withLogDetail(trouble + "Connection matched "
                        + rule.place().file().getFileName() + " line "
                        + rule.place().line() + ": \"" + rule.text() + "\""));
    }

    /** SIGTERM and {@code authentication_timeout} end the process meanwhile, as they do while it waits for a client. */
    private void delay() {
        try {
            Thread.sleep(around.settings().get(Guc.AUTHENTICATION_FAILURE_DELAY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ReportException refused(String message) {
        return new ReportException(fatal(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, message));
    }
}
