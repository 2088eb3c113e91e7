package dev.postmaster.server;

import dev.postmaster.metrics.Refusal;
import dev.postmaster.report.Log;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where clients wait until their first packet is complete. PostgreSQL gives each of them a process at once, so that
 * silent or hostile ones cost a process; here they cost a socket and leave when the authentication timeout is
 * over (CL-6). There are as many seats as PostgreSQL has for children; when all are taken, a newcomer gets the seat of
 * whoever has waited longest: refusing the newcomer would let a handful of silent sockets lock everybody out. The
 * postmaster reads the packet's outline only, with limits, and never waits for anybody.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class FirstPacketDesk {
    /** Who decides what becomes of a client that has introduced itself. */
    interface Callers {
        void ready(Visit visit);

        void cancel(int pid, CancelKey key);

        /** Whether clients that come over a network can have TLS. */
        boolean offersTls();

        /** A client was sent away before there could be a verdict. */
        void turnedAway(Refusal reason);

        /** A client left by itself before its verdict. */
        void abandoned();

        /** There will be no verdict on a client that was ready, because it has left or was sent away. */
        void gone(long client);
    }

    /**
     * A client that has said what it can say here, waiting for the verdict.
     *
     * @param startup null if it will say who it is through TLS only, and to its backend
     */
    record Visit(WaitingClient client, StartupPacket.@Nullable Startup startup) {
        /** Whom the log shows. */
        LogSource.Session session() {
            if (startup == null) {
                return LogSource.Session.from(
                        client.address().host(), client.address().port());
            }
            return new LogSource.Session(
                    startup.user(),
                    startup.database(),
                    startup.settings().getOrDefault("application_name", ""),
                    client.address().host(),
                    client.address().port(),
                    "startup");
        }
    }

    /**
     * What clients may cost us before they have said anything.
     *
     * @param patience how long a client may take for its packet
     * @param seats how many may do so at a time, at least 1
     * @param ratePerSource how many from one address may ask for a session in a second; 0 for no limit
     */
    record Limits(Duration patience, int seats, int ratePerSource) {}

    private static final Report NO_SEAT =
            Report.of(Severity.FATAL, SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");

    private static final Report TOO_OFTEN = Report.of(
                    Severity.FATAL, SqlState.TOO_MANY_CONNECTIONS, "too many new connections from this address")
            .withHint("Keep connections open, or raise connection_rate_per_source.");

    private static final Report TOO_LATE = Report.of(
                    Severity.FATAL, SqlState.QUERY_CANCELED, "canceling authentication due to timeout")
            .withDetail("No backend was ready for the client within authentication_timeout.");

    private final EventLoop loop;
    private final Log log;
    private final Callers callers;
    private final SourceRate rate;
    private final Refusals refusals;
    /** In the order in which they came. */
    private final Map<Long, WaitingClient> clients = new LinkedHashMap<>();

    private final Map<Long, Visit> visits = new HashMap<>();
    private Limits limits;
    private long lastId;
    private boolean crowded;

    FirstPacketDesk(EventLoop loop, Log log, Callers callers, Refusals refusals, Limits limits) {
        this.loop = loop;
        this.log = log;
        this.callers = callers;
        this.refusals = refusals;
        this.rate = new SourceRate(System::nanoTime, limits.ratePerSource());
        this.limits = limits;
    }

    /** Holds for clients that come from now on. */
    void limits(Limits newLimits) {
        limits = newLimits;
        rate.limit(newLimits.ratePerSource());
    }

    /** Sockets held, whether silent, talking, or waiting for the verdict. */
    int size() {
        return clients.size();
    }

    /** Seats a client that was just accepted; its channel is not registered with any event loop yet. */
    void welcome(Channel channel) {
        if (clients.size() >= limits.seats()) {
            freeASeat();
        }
        lastId++;
        var address = RemoteAddress.of(channel.remoteAddress());
        Log ofClient = log.about(LogSource.Session.from(address.host(), address.port()));
        var client = new WaitingClient(lastId, channel, address, this, ofClient);
        clients.put(client.id(), client);
        channel.pipeline().addLast(client);
        loop.register(channel);
        var expiry = loop.schedule(() -> expire(client), limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> expiry.cancel(false));
    }

    /** Takes a client off the desk for its verdict; empty if it went away meanwhile. */
    Optional<Visit> verdict(long id) {
        Optional<Visit> visit = Optional.ofNullable(visits.remove(id));
        visit.ifPresent(present -> present.client().settle());
        return visit;
    }

    /** A client that waits for its verdict, and goes on waiting. */
    Optional<Visit> find(long id) {
        return Optional.ofNullable(visits.get(id));
    }

    /** Takes a client back whose verdict could not be carried out; another follows. */
    void keep(Visit visit) {
        visit.client().unsettle();
        visits.put(visit.client().id(), visit);
    }

    /** Sends everybody away without a word: the postmaster is about to exit. */
    void closeAll() {
        for (WaitingClient client : Map.copyOf(clients).values()) {
            client.channel().close();
        }
    }

    /** Whether this client can have TLS: at the other end of a Unix socket there is nobody between us. */
    boolean offersTls(WaitingClient client) {
        return !client.address().isLocal() && callers.offersTls();
    }

    /** {@code startup}: null if the rest comes through TLS. */
    void complete(WaitingClient client, StartupPacket.@Nullable Startup startup) {
        if (!rate.admits(client.address())) {
            refusals.add(client.address(), "too many new connections from its address (connection_rate_per_source)");
            turnAway(client, Refusal.SOURCE_RATE);
            client.refuse(new BackendMessage.ErrorResponse(TOO_OFTEN));
            return;
        }
        var visit = new Visit(client, startup);
        SocketHandover.await(client.channel());
        visits.put(client.id(), visit);
        callers.ready(visit);
    }

    void cancel(int pid, CancelKey key) {
        callers.cancel(pid, key);
    }

    /** Nobody speaks of this client again. */
    void turnAway(WaitingClient client, Refusal reason) {
        client.settle();
        callers.turnedAway(reason);
    }

    /** In silence, as in PostgreSQL, unless a whole packet has come: there is no protocol to tell anybody in before. */
    private void expire(WaitingClient client) {
        if (!client.isSettled()) {
            turnAway(client, Refusal.TIMEOUT);
        }
        Visit visit = visits.remove(client.id());
        if (visit == null) {
            client.channel().close();
            return;
        }
        callers.gone(client.id());
        log.about(visit.session()).report(TOO_LATE);
        client.refuse(new BackendMessage.ErrorResponse(TOO_LATE));
    }

    void left(WaitingClient client) {
        clients.remove(client.id());
        if (!client.isSettled()) {
            callers.abandoned();
        }
        crowded &= clients.size() > limits.seats() / 2;
        if (visits.remove(client.id()) != null) {
            callers.gone(client.id());
            log.log("client " + client.address().host() + " left before it got a session");
        }
    }

    /** Said once per crowd. Whoever has a complete packet is in line for a backend and keeps its seat. */
    private void freeASeat() {
        if (!crowded) {
            crowded = true;
            log.log("no seat left for clients without a startup packet: those that wait longest of " + limits.seats()
                    + " are sent away");
        }
        clients.values().stream()
                .filter(client -> !visits.containsKey(client.id()))
                .findFirst()
                .ifPresent(longest -> {
                    clients.remove(longest.id());
                    turnAway(longest, Refusal.NO_SEAT);
                    longest.refuse(new BackendMessage.ErrorResponse(NO_SEAT));
                });
    }
}
