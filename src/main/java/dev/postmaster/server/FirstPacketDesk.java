package dev.postmaster.server;

import dev.postmaster.report.Log;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where clients wait until their first packet is complete. PostgreSQL gives each of them a process at once, so that
 * silent or hostile ones cost a process; here they cost a socket and leave when the authentication timeout is
 * over (CL-6). The postmaster reads the packet's outline only, with limits, and never waits for anybody.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class FirstPacketDesk {
    /** Who decides what becomes of a client that has introduced itself. */
    interface Callers {
        void ready(Visit visit);

        void cancel(int pid, CancelKey key);
    }

    /** A client whose startup packet is complete, waiting for the verdict. */
    record Visit(WaitingClient client, StartupPacket.Startup startup) {}

    private final EventLoop loop;
    private final Log log;
    private final Callers callers;
    private final Map<Long, WaitingClient> clients = new HashMap<>();
    private final Map<Long, Visit> visits = new HashMap<>();
    private Duration timeout;
    private long lastId;

    FirstPacketDesk(EventLoop loop, Log log, Callers callers, Duration timeout) {
        this.loop = loop;
        this.log = log;
        this.callers = callers;
        this.timeout = timeout;
    }

    /** Holds for clients that come from now on. */
    void timeout(Duration newTimeout) {
        timeout = newTimeout;
    }

    /** Sockets held, whether silent, talking, or waiting for the verdict. */
    int size() {
        return clients.size();
    }

    /** Seats a client that was just accepted; its channel is not registered with any event loop yet. */
    void welcome(Channel channel) {
        lastId++;
        var client = new WaitingClient(lastId, channel, RemoteAddress.of(channel.remoteAddress()), this, log);
        clients.put(client.id(), client);
        channel.pipeline().addLast(client);
        loop.register(channel);
        // Closed in silence, as PostgreSQL does: whoever did not finish a packet in time has no protocol to be told in.
        var expiry = loop.schedule(() -> channel.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> expiry.cancel(false));
    }

    /** Takes a client off the desk for its verdict; empty if it went away meanwhile. */
    Optional<Visit> verdict(long id) {
        return Optional.ofNullable(visits.remove(id));
    }

    /** Sends everybody away without a word: the postmaster is about to exit. */
    void closeAll() {
        for (WaitingClient client : Map.copyOf(clients).values()) {
            client.channel().close();
        }
    }

    void complete(WaitingClient client, StartupPacket.Startup startup) {
        var visit = new Visit(client, startup);
        visits.put(client.id(), visit);
        callers.ready(visit);
    }

    void cancel(int pid, CancelKey key) {
        callers.cancel(pid, key);
    }

    void left(WaitingClient client) {
        clients.remove(client.id());
        @Nullable Visit undecided = visits.remove(client.id());
        if (undecided != null) {
            log.log("client " + client.address().host() + " left before it got a session");
        }
    }
}
