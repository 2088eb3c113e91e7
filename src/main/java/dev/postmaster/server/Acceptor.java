package dev.postmaster.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;

/** Takes connections from one listening socket and passes them on to the desk (PM-7). */
@OnLoop
final class Acceptor extends ChannelInboundHandlerAdapter {
    private final Consumer<Channel> desk;
    private final Consumer<Throwable> failure;

    /** @param failure told of a connection that could not be accepted */
    Acceptor(Consumer<Channel> desk, Consumer<Throwable> failure) {
        this.desk = desk;
        this.failure = failure;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        if (channel instanceof SocketChannel) {
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        }
        desk.accept(channel);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure.accept(cause);
    }
}
