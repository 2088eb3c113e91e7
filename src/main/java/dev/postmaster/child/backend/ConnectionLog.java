package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.StartupPacket.Startup;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How connections come and go: what {@code log_connections} and {@code log_disconnections} want to know (CL-5, CL-34). */
final class ConnectionLog {
    private final Log log;
    private final Settings settings;
    private final Surroundings.Peer peer;
    private final InstantSource clock;
    private final ClientStreams streams;

    /** Set before another thread can be the one to end the session. */
    private volatile @Nullable Startup client;

    ConnectionLog(Surroundings around, ClientStreams streams) {
        this.streams = streams;
        this.log = around.log();
        this.settings = around.settings();
        this.peer = around.peer();
        this.clock = around.clock();
    }

    void received() {
        if (settings.get(Guc.LOG_CONNECTIONS)) {
            log.log("connection received: host=" + peer.host() + port());
        }
    }

    void authorized(Startup startup) {
        if (settings.get(Guc.LOG_CONNECTIONS)) {
            String application = startup.settings().getOrDefault(SettingTable.APPLICATION_NAME, "");
            log.log("connection authorized: user=" + startup.user() + " database=" + startup.database()
                    + (application.isEmpty() ? "" : " application_name=" + application)
                    + streams.encryption().map(tls -> " " + tls.describe()).orElse(""));
        }
    }

    /** The client has a session, whose end will be told; as PostgresMain, after InitPostgres has found the database. */
    void begun(Startup startup) {
        client = startup;
    }

    /** Says nothing of a client that never had a session. */
    void disconnected() {
        Startup client = this.client;
        if (client != null && settings.get(Guc.LOG_DISCONNECTIONS)) {
            Duration time = Duration.between(peer.acceptedAt(), clock.instant());
            log.log("disconnection: session time: " + text(time) + " user=" + client.user() + " database="
                    + client.database() + " host=" + peer.host() + port());
        }
    }

    /**
     * The client has gone without a word of goodbye.
     *
     * @param problem what its end of the connection says, if anything
     */
    void endOfInput(@Nullable Report problem, boolean inTransaction) {
        if (problem != null) {
            log.report(problem);
        }
        if (inTransaction) {
            log.report(Report.of(
                    Severity.LOG,
                    SqlState.CONNECTION_FAILURE,
                    "unexpected EOF on client connection with an open transaction"));
        }
    }

    private String port() {
        return peer.port() == 0 ? "" : " port=" + peer.port();
    }

    private static String text(Duration time) {
        return time.toHours() + ":" + digits(time.toMinutesPart(), 2) + ":" + digits(time.toSecondsPart(), 2) + "."
                + digits(time.toMillisPart(), 3);
    }

    private static String digits(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
