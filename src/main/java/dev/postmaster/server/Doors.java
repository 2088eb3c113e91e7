package dev.postmaster.server;

import dev.postmaster.os.Fd;
import dev.postmaster.report.Log;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The listening sockets on the event loop. Clients are let in while two agree: the core, which may have the doors shut for
 * a while, and the kernel, which may have no descriptors left for us.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class Doors {
    /** Trying again at once would only burn the loop: the connection stays in the kernel's queue (PM-7). */
    private static final long PAUSE_MILLIS = 100;

    /** As long as clients knock and the shortage lasts, the next failure follows a pause within moments. */
    private static final long CALM_MILLIS = 1_000;

    private final EventLoop loop;
    private final Consumer<Channel> desk;
    private final Log log;
    private final List<Channel> channels = new ArrayList<>();
    private boolean wanted = true;
    private boolean pausing;
    private @Nullable Future<?> endOfTrouble;

    /** @param desk takes what was accepted; such a channel is not registered with any event loop yet */
    Doors(EventLoop loop, Consumer<Channel> desk, Log log) {
        this.loop = loop;
        this.desk = desk;
        this.log = log;
    }

    /** Begins to accept; Netty owns the sockets from now on. */
    void open(List<Fd> tcp, List<Fd> unix) {
        tcp.forEach(socket -> add(new EpollServerSocketChannel(socket.release())));
        // Without "active" Netty would wait for a bind that was done before.
        unix.forEach(socket -> add(new EpollServerDomainSocketChannel(socket.release(), true)));
    }

    /** Begins to accept from one listening socket. */
    void add(Channel listening) {
        listening.pipeline().addLast(new Acceptor(desk, this::acceptFailed));
        loop.register(listening);
        channels.add(listening);
    }

    /** Leaves new connections in the kernel's queue (PM-65). */
    void shut() {
        wanted = false;
        turn();
    }

    /** Lets them in again; during a pause, when that is over. */
    void reopen() {
        wanted = true;
        turn();
    }

    void close() {
        channels.forEach(Channel::close);
        channels.clear();
    }

    /** Mostly EMFILE. It is said once, however often it happens before there was a calm second. */
    private void acceptFailed(Throwable cause) {
        if (endOfTrouble == null) {
            log.log("could not accept new connection: " + cause.getMessage());
        } else {
            endOfTrouble.cancel(false);
        }
        endOfTrouble = loop.schedule(() -> endOfTrouble = null, PAUSE_MILLIS + CALM_MILLIS, TimeUnit.MILLISECONDS);
        if (!pausing) {
            pausing = true;
            loop.schedule(this::endPause, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        turn();
    }

    private void endPause() {
        pausing = false;
        turn();
    }

    private void turn() {
        channels.forEach(channel -> channel.config().setAutoRead(wanted && !pausing));
    }
}
