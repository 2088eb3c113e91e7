package dev.postmaster.server;

import dev.postmaster.report.Log;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Takes connections from one listening socket and seats them at the desk (PM-7). */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final long PAUSE_MILLIS = 100;

    private final FirstPacketDesk desk;
    private final Log log;

    Acceptor(FirstPacketDesk desk, Log log) {
        this.desk = desk;
        this.log = log;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        if (channel instanceof SocketChannel) {
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        }
        desk.welcome(channel);
    }

    /** Mostly EMFILE: the connection stays in the kernel's queue, and trying at once again would only burn the loop. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.log("could not accept new connection: " + cause.getMessage());
        Channel listening = context.channel();
        listening.config().setAutoRead(false);
        listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
