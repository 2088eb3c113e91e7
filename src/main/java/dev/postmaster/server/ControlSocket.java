package dev.postmaster.server;

import dev.postmaster.launch.BackendWord;
import dev.postmaster.os.Fd;
import dev.postmaster.os.FdPassing;
import dev.postmaster.os.Fds;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.util.List;
import java.util.function.Consumer;

/**
 * The postmaster's end of the way to a backend that takes one client after the other. Messages there are clients; messages
 * back are {@link BackendWord}s.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // a control socket that cannot be closed is closed already
final class ControlSocket {
    private final EpollDomainSocketChannel channel;
    private final Fd end;
    private final FdPassing passing;
    private int given;

    /** @param end ours of the two; taken over */
    ControlSocket(Fd end, Fds fds, FdPassing passing) {
        this.passing = passing;
        fds.setNonBlocking(end, true);
        int number = end.release();
        this.end = Fd.lent(number);
        channel = new EpollDomainSocketChannel(number);
        channel.config().setRecvByteBufAllocator(new ExactReads(BackendWord.MAX_BYTES));
    }

    /**
     * Begins to listen.
     *
     * @param words told what the backend says
     */
    void open(EventLoop loop, Consumer<BackendWord> words) {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                byte[] word = new byte[bytes.readableBytes()];
                bytes.readBytes(word);
                bytes.release();
                words.accept(BackendWord.of(word));
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                context.close(); // the backend is gone, and its end is reported elsewhere
            }
        });
        loop.register(channel);
    }

    /** Whether the backend can still be reached. */
    boolean isOpen() {
        return channel.isOpen();
    }

    /** Hands a client over; whether the backend will find it. */
    boolean give(byte[] message, Fd client) {
        // Netty closes at the end of file, and then the number may be somebody else's.
        boolean sent = channel.isOpen() && passing.send(end, message, List.of(client)) == FdPassing.Passed.SENT;
        given += sent ? 1 : 0;
        return sent;
    }

    /** How many clients the backend was given here or at its launch. */
    int given() {
        return given;
    }

    /** It was launched for a client. */
    void hasClient() {
        given++;
    }

    /** The backend ends when it finds that nobody can come any more. */
    void close() {
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }
}
