package dev.postmaster.server;

import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.OsException;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

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

    private final Fds fds;

    SocketHandover(Fds fds) {
        this.fds = fds;
    }

    /** The client's socket, blocking as a child expects it; Netty must not touch its own until one of the two below. */
    Fd copy(Channel channel) {
        // Lent, not owned: closing stays Netty's business.
        Fd lent = new Fd(((UnixChannel) channel).fd().intValue(), number -> {});
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
    void complete(Channel channel) {
        channel.close();
    }

    /** No child has it: Netty gets it back as it was. */
    void abandon(Fd copy) {
        fds.setNonBlocking(copy, true);
    }
}
