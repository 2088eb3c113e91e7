package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.config.Guc;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Store;
import dev.postmaster.wire.BackendMessage.AuthenticationOk;
import dev.postmaster.wire.BackendMessage.BackendKeyData;
import dev.postmaster.wire.BackendMessage.ErrorResponse;
import dev.postmaster.wire.BackendMessage.NegotiateProtocolVersion;
import dev.postmaster.wire.Replication;
import dev.postmaster.wire.StartupPacket.Startup;
import java.io.IOException;

/** The life of one backend: who is there, may it come in, what does it want, goodbye (BackendMain, PostgresMain). */
final class Backend {
    private static final int FAILED = 1;

    private final Connection connection;
    private final Surroundings around;
    private final Client client;
    private final ConnectionLog connections;

    Backend(Surroundings around) {
        this.connection = Connection.in(around);
        this.around = around;
        this.client = connection.client();
        this.connections = connection.log();
    }

    /** For the threads that bring signals. */
    Interrupts interrupts() {
        return connection.interrupts();
    }

    /** Serves the client; the exit status. */
    int run() {
        connections.received();
        interrupts().startAuthentication(around.settings().get(Guc.AUTHENTICATION_TIMEOUT));
        int status;
        try {
            Greeting greeting = new Greeting(connection.streams(), client, around);
            Greeting.Outcome outcome = greeting.read();
            Startup startup = outcome.startup();
            status = startup == null ? outcome.exitStatus() : serve(startup);
        } catch (ReportException e) {
            status = refuse(e);
        } catch (PasswordExchange.ClientLeft hasToAskItsUser) {
            status = 0;
        } catch (IOException lost) {
            around.log().report(fatal(SqlState.CONNECTION_FAILURE, "connection to client lost"));
            status = FAILED;
        }
        if (!connection.turn().finish()) {
            return FAILED;
        }
        client.end();
        connections.disconnected();
        return status;
    }

    private int refuse(ReportException refusal) {
        Report last = fatal(refusal.report());
        around.log().report(last, refusal);
        try {
            client.send(new ErrorResponse(last));
            client.flush();
        } catch (IOException gone) {
            return FAILED;
        }
        return FAILED;
    }

    /** What no client may have today is refused before anybody asks who it is. */
    private int serve(Startup startup) throws IOException {
        if (startup.needsNegotiation()) {
            client.send(new NegotiateProtocolVersion(startup.version().spoken(), startup.unknownOptions()));
        }
        if (connection.streams().encryption().isPresent()) {
            around.understood(startup);
        }
        if (startup.replication() != Replication.NONE) {
            throw new ReportException(fatal(SqlState.FEATURE_NOT_SUPPORTED, "replication is not supported"));
        }
        around.authenticate(startup, connection);
        client.send(new AuthenticationOk());
        client.flush(); // last words go past what has gathered, and a client takes none before this
        interrupts().endAuthentication();
        if (!connection.turn().beginWork()) {
            return FAILED;
        }
        around.introduce(startup);
        connections.authorized(startup);
        Entry entry = Entry.of(around, startup);
        SessionSettings settings = new SessionSettings(StartupSettings.of(entry.settings(), startup));
        Reporter reporter = new Reporter(client, around.log(), settings);
        SessionFactsOf facts = new SessionFactsOf(startup.user(), around, settings, reporter);
        try (Store store = around.open(startup.database(), facts)) {
            connections.begun(startup);
            interrupts().stopWorkWith(store::interrupt);
            Session session = new Session(
                    connection,
                    settings,
                    store,
                    reporter,
                    new Rights(around, entry.role().oid(), startup, store));
            session.tellSettings();
            client.send(new BackendKeyData(
                    around.pid(), around.cancelKey().asGivenTo(startup.version().spoken())));
            return session.run() ? 0 : FAILED;
        }
    }
}
