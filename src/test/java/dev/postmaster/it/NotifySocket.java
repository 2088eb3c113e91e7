package dev.postmaster.it;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What systemd listens on: a datagram socket in the file system (sd_notify(3)). */
@SuppressWarnings("deprecation") // the class Netty 4.1 has for epoll event loops
final class NotifySocket implements AutoCloseable {
    private final EventLoopGroup group = new EpollEventLoopGroup(1);
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    NotifySocket(Path path) {
        var channel = new EpollDomainDatagramChannel();
        channel.pipeline().addLast(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                received.add(packet.content().toString(StandardCharsets.US_ASCII));
            }
        });
        group.register(channel).syncUninterruptibly();
        channel.bind(new DomainSocketAddress(path.toString())).syncUninterruptibly();
    }

    /** The next message that is none of the watchdog's, unless one is asked for. */
    String next(boolean watchdogToo) throws InterruptedException {
        while (true) {
            String message = received.poll(RunningPostmaster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("the service manager hears nothing");
            }
            if (watchdogToo || !message.equals("WATCHDOG=1")) {
                return message;
            }
        }
    }

    /** Whatever was said before does not count. */
    void forget() {
        received.clear();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
