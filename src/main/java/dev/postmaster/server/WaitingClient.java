package dev.postmaster.server;

import dev.postmaster.metrics.Refusal;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.wire.BackendEncoder;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.StartupDecoder;
import dev.postmaster.wire.StartupPacket;
import dev.postmaster.wire.StartupResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that has not yet said who it is. It holds a socket and a few bytes, and never a process: only a complete
 * startup packet earns one, or a request for TLS where that is offered: what follows is only for a backend to hear. A
 * request to cancel is served here, anything else ends here.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class WaitingClient extends ChannelInboundHandlerAdapter {
    private static final int LENGTH_WORD = 4;

    private final long id;
    private final Channel channel;
    private final RemoteAddress address;
    private final Instant acceptedAt;
    private final FirstPacketDesk desk;
    private final Log log;
    private final ExactReads reads = new ExactReads(LENGTH_WORD);
    private final StartupDecoder decoder = new StartupDecoder();
    private byte[] packet = {};
    private boolean understood;
    private boolean settled;

    WaitingClient(long id, Channel channel, RemoteAddress address, FirstPacketDesk desk, Log log) {
        this.id = id;
        this.channel = channel;
        this.address = address;
        this.acceptedAt = Instant.now();
        this.desk = desk;
        this.log = log;
        channel.config().setAutoRead(false);
        channel.config().setRecvByteBufAllocator(reads);
    }

    long id() {
        return id;
    }

    Channel channel() {
        return channel;
    }

    RemoteAddress address() {
        return address;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    /** What it has said so far, once a backend shall have it: a startup packet, or how it begins with TLS. */
    byte[] packet() {
        return packet;
    }

    /** What becomes of it is decided: that its connection ends is no news any more. */
    void settle() {
        settled = true;
    }

    /** It is open again. */
    void unsettle() {
        settled = false;
    }

    boolean isSettled() {
        return settled;
    }

    /** Sends the last words and closes; also when the client does not read them. */
    void refuse(BackendMessage lastWords) {
        send(lastWords).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            react(decoder.feed(bytes.nioBuffer()));
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!understood) {
            decoder.endOfStream().ifPresent(log::report);
        }
        desk.left(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset, mostly: a client that goes before it said anything is nobody's business.
        context.close();
    }

    private void react(StartupResult result) {
        understood = !(result instanceof StartupResult.NeedMore);
        switch (result) {
            case StartupResult.NeedMore(int bytes) -> readNext(bytes);
            case StartupResult.Complete(var packet, byte[] raw) -> serve(packet, raw);
            case StartupResult.DirectTls(byte[] seen, var otherwise) -> {
                if (desk.offersTls(this)) {
                    pass(seen, null);
                } else {
                    turnAway(otherwise.report());
                }
            }
            case StartupResult.Malformed(Report report) -> turnAway(report);
            case StartupResult.Refused(Report report, BackendMessage answer) -> {
                log.report(report);
                desk.turnAway(this, Refusal.MALFORMED);
                refuse(answer);
            }
        }
    }

    private void serve(StartupPacket packet, byte[] raw) {
        switch (packet) {
            case StartupPacket.Startup startup -> pass(raw, startup);
            case StartupPacket.Cancel(int pid, var key) -> {
                settle();
                desk.cancel(pid, key);
                channel.close();
            }
            case StartupPacket.SslRequest ignored -> {
                if (desk.offersTls(this)) {
                    pass(raw, null);
                } else {
                    decline();
                }
            }
            case StartupPacket.GssRequest ignored -> decline();
        }
    }

    /** To the verdict, and then to a backend; {@code startup} is null for one who says the rest through TLS. */
    private void pass(byte[] seen, StartupPacket.@Nullable Startup startup) {
        packet = seen;
        desk.complete(this, startup);
    }

    private void turnAway(Report report) {
        log.report(report);
        desk.turnAway(this, Refusal.MALFORMED);
        channel.close();
    }

    private void decline() {
        send(new BackendMessage.EncryptionRefused());
        readNext(LENGTH_WORD);
    }

    private void readNext(int bytes) {
        reads.next(bytes);
        channel.read();
    }

    private ChannelFuture send(BackendMessage message) {
        return channel.writeAndFlush(Unpooled.wrappedBuffer(BackendEncoder.encode(message)));
    }
}
