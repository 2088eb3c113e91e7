package dev.postmaster.server;

import dev.postmaster.metrics.HandoverWay;
import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.OsException;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.AttributeKey;

/**
 * Takes a client's socket out of Netty, in two steps so that nothing is lost when the launch between them fails: a
 * {@link #copy} for the child, then {@link #complete} or {@link #abandon}. The kernel ties an epoll registration to the
 * open file, not to its number, so Netty must let go as well: closing the channel on its own event loop does that, and the
 * child's copy keeps the connection open.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class SocketHandover {
    /** Above every number that the descriptor plan of a child uses, so that no child needs it moved away. */
    private static final int ABOVE_THE_PLAN = 16;

    private static final AttributeKey<Long> WAITS_SINCE = AttributeKey.valueOf(SocketHandover.class, "waits since");

    private final Fds fds;
    private final Meters meters;

    SocketHandover(Fds fds, Meters meters) {
        this.fds = fds;
        this.meters = meters;
    }

    /** The client has said what it must, and from now on waits for us. */
    static void await(Channel channel) {
        channel.attr(WAITS_SINCE).set(System.nanoTime());
    }

    /** The client's socket, blocking as a child expects it; Netty must not touch its own until one of the two below. */
    Fd copy(Channel channel) {
        // Lent, not owned: closing stays Netty's business.
        Fd lent = Fd.lent(((UnixChannel) channel).fd().intValue());
        Fd copy = fds.duplicate(lent, ABOVE_THE_PLAN);
        try {
            fds.setNonBlocking(copy, false);
        } catch (OsException e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    /**
     * As {@link #copy}, for a channel that is not registered with any event loop: Netty lets go of it at once, and the copy
     * is all there is.
     */
    Fd take(Channel channel) {
        try {
            return copy(channel);
        } finally {
            channel.unsafe().closeForcibly();
        }
    }

    /** A child has the connection. */
    void complete(Channel channel, HandoverWay way) {
        channel.close();
        done(channel, way);
    }

    /** Nobody waits any more for what {@link #take} has begun, or {@link #copy}. */
    void done(Channel channel, HandoverWay way) {
        Long since = channel.attr(WAITS_SINCE).get();
        if (since != null) {
            meters.handedOver(way, System.nanoTime() - since);
        }
    }

    /** No child has it: Netty gets it back as it was. */
    void abandon(Fd copy) {
        fds.setNonBlocking(copy, true);
    }
}
