package dev.postmaster.server;

import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.ListenResult;
import dev.postmaster.os.Listeners;
import dev.postmaster.os.SocketName;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens the TCP sockets of {@code listen_addresses} (PM-4, PM-5). One address that fails is logged and skipped; it is
 * fatal only when none of a non-empty list works.
 */
final class ListenSockets {
    /** MAXLISTEN of postmaster.c. */
    static final int MAX = 64;

    /**
     * How many connections the kernel may keep until we accept them; it takes what {@code net.core.somaxconn} allows.
     * PostgreSQL asks for twice as many as it has backends: then a flood fills the queue of a small server, and an honest
     * client's knock is lost until it knocks again, a second later.
     */
    static final int BACKLOG = 10_000;

    private static final String ALL = "*";

    private final Listeners listeners;
    private final int port;
    private final Log log;
    private final List<Fd> sockets = new ArrayList<>();
    private Optional<String> firstAddress = Optional.empty();

    ListenSockets(Listeners listeners, int port, Log log) {
        this.listeners = listeners;
        this.port = port;
        this.log = log;
    }

    /** The sockets opened; the caller owns them. */
    List<Fd> sockets() {
        return List.copyOf(sockets);
    }

    /** The first entry that worked, as configured, for line 6 of the lock file. */
    Optional<String> firstAddress() {
        return firstAddress;
    }

    /** @throws ReportException FATAL if entries were given and none could be opened */
    void open(List<String> entries) {
        for (String entry : entries) {
            if (openEntry(entry)) {
                firstAddress = firstAddress.or(() -> Optional.of(entry));
            } else {
                log.report(Report.of(Severity.WARNING, "could not create listen socket for \"" + entry + "\""));
            }
        }
        if (!entries.isEmpty() && sockets.isEmpty()) {
            throw new ReportException(
                    Report.of(Severity.FATAL, SqlState.CONNECTION_FAILURE, "could not create any TCP/IP sockets"));
        }
    }

    private boolean openEntry(String entry) {
        boolean any = false;
        for (InetAddress address : resolve(entry)) {
            if (sockets.size() >= MAX) {
                log.log("could not bind to all requested addresses: MAXLISTEN (" + MAX + ") exceeded");
                return any;
            }
            any |= listen(address);
        }
        return any;
    }

    private List<InetAddress> resolve(String entry) {
        try {
            return entry.equals(ALL)
                    ? List.of(InetAddress.getByName("0.0.0.0"), InetAddress.getByName("::"))
                    : List.of(InetAddress.getAllByName(entry));
        } catch (UnknownHostException e) {
            log.log("could not translate host name \"" + entry + "\", service \"" + port
                    + "\" to address: Name or service not known");
            return List.of();
        }
    }

    private boolean listen(InetAddress address) {
        return switch (listeners.listen(new InetSocketAddress(address, port), BACKLOG)) {
            case ListenResult.Listening(Fd socket, SocketName name) -> {
                sockets.add(socket);
                log.log("listening on " + describe(name));
                yield true;
            }
            case ListenResult.Failed(var step, var errno) -> {
                log.report(failure(address, step, errno));
                yield false;
            }
        };
    }

    private Report failure(InetAddress address, ListenResult.Step step, Errno errno) {
        String reason = errno.message();
        String where = family(address) + " address \"" + address.getHostAddress() + "\"";
        Report report = Report.of(
                Severity.LOG,
                switch (step) {
                    case SOCKET ->
                        "could not create " + family(address) + " socket for address \"" + address.getHostAddress()
                                + "\": " + reason;
                    case BIND -> "could not bind " + where + ": " + reason;
                    case LISTEN -> "could not listen on " + where + ": " + reason;
                    case REUSE_ADDRESS, IPV6_ONLY, GROUP, PERMISSIONS ->
                        step.call() + " failed for " + where + ": " + reason;
                });
        return step == ListenResult.Step.BIND && errno.equals(Errno.EADDRINUSE)
                ? report.withHint("Is another postmaster already running on port " + port
                        + "? If not, wait a few seconds and retry.")
                : report;
    }

    private static String family(InetAddress address) {
        return address.getAddress().length == 4 ? "IPv4" : "IPv6";
    }

    private static String describe(SocketName name) {
        return switch (name) {
            case SocketName.Ipv4(String host, int bound) -> "IPv4 address \"" + host + "\", port " + bound;
            case SocketName.Ipv6(String host, int bound) -> "IPv6 address \"" + host + "\", port " + bound;
            case SocketName.Unix(String path) -> "Unix socket \"" + path + "\"";
        };
    }
}
