package dev.postmaster.server;

import dev.postmaster.os.ListenResult;
import dev.postmaster.os.Listeners;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The port of the probes ({@code management_port}). Quarkus listens on it; that it can is found out here, because Quarkus
 * names neither the port nor the setting.
 *
 * @param number 0 for none
 */
record ManagementPort(int number) {

    /** @throws ReportException FATAL if the port is taken */
    void check(Listeners listeners) {
        if (number == 0) {
            return;
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
        switch (listeners.listen(address, 1)) {
            case ListenResult.Listening(var socket, var ignored) -> socket.close();
            case ListenResult.Failed(var ignored, var errno) ->
                throw new ReportException(Report.of(
                                Severity.FATAL,
                                SqlState.CONNECTION_FAILURE,
                                "could not listen on management port " + number + ": " + errno.message())
                        .withHint("Is another postmaster running? Give management_port another value; 0 is no port."));
        }
    }

    /** Tells Quarkus, before it starts. */
    void configure() {
        System.setProperty("quarkus.http.host-enabled", Boolean.toString(number != 0));
        System.setProperty("quarkus.http.port", Integer.toString(number));
    }
}
