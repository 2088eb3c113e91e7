package dev.postmaster.server;

import dev.postmaster.os.Fd;
import dev.postmaster.report.Log;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The listening sockets on the event loop: open, shut for a while, or closed for good. */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class Doors {
    private final EventLoop loop;
    private final FirstPacketDesk desk;
    private final Log log;
    private final List<Channel> channels = new ArrayList<>();

    Doors(EventLoop loop, FirstPacketDesk desk, Log log) {
        this.loop = loop;
        this.desk = desk;
        this.log = log;
    }

    /** Begins to accept; Netty owns the sockets from now on. */
    void open(List<Fd> tcp, List<Fd> unix) {
        tcp.forEach(socket -> open(new EpollServerSocketChannel(socket.release())));
        // Without "active" Netty would wait for a bind that was done before.
        unix.forEach(socket -> open(new EpollServerDomainSocketChannel(socket.release(), true)));
    }

    /** Leaves new connections in the kernel's queue (PM-65). */
    void shut() {
        channels.forEach(channel -> channel.config().setAutoRead(false));
    }

    void reopen() {
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    void close() {
        channels.forEach(Channel::close);
        channels.clear();
    }

    private void open(ServerChannel channel) {
        channel.pipeline().addLast(new Acceptor(desk, log));
        loop.register(channel);
        channels.add(channel);
    }
}
