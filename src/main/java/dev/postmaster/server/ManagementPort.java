package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.os.ListenResult;
import dev.postmaster.os.Listeners;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The port of the probes ({@code management_port}, {@code management_address}). Quarkus listens on it; that it can is found
 * out here, because Quarkus names neither the port nor the setting.
 *
 * @param host name or address to listen on
 * @param number 0 for none
 */
record ManagementPort(String host, int number) {

    static ManagementPort of(Settings settings) {
        return new ManagementPort(settings.get(Guc.MANAGEMENT_ADDRESS), settings.get(Guc.MANAGEMENT_PORT));
    }

    /** @throws ReportException FATAL if there is no such host, or the port is taken */
    void check(Listeners listeners) {
        if (number == 0) {
            return;
        }
        switch (listeners.listen(new InetSocketAddress(address(), number), 1)) {
            case ListenResult.Listening(var socket, var ignored) -> socket.close();
            case ListenResult.Failed(var ignored, var errno) ->
                throw new ReportException(Report.of(
                                Severity.FATAL,
                                SqlState.CONNECTION_FAILURE,
                                "could not listen on management port " + number + ": " + errno.message())
                        .withHint("Is another postmaster running? Give management_port another value; 0 is no port."));
        }
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ReportException(
                    Report.of(
                            Severity.FATAL,
                            SqlState.CONNECTION_FAILURE,
                            "could not translate management_address \"" + host + "\" to an address"),
                    e);
        }
    }

    /** Tells Quarkus, before it starts. */
    void configure() {
        System.setProperty("quarkus.http.host-enabled", Boolean.toString(number != 0));
        System.setProperty(
                "quarkus.http.host", number == 0 ? "localhost" : address().getHostAddress());
        System.setProperty("quarkus.http.port", Integer.toString(number));
    }
}
