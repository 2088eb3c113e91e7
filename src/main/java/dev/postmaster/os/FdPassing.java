package dev.postmaster.os;

import java.util.List;

/**
 * Hands open descriptors to another process (SCM_RIGHTS) over a Unix socket that keeps the bounds of messages
 * ({@link SocketPair.Kind#SEQPACKET}). Blocks exactly if the socket does.
 */
public interface FdPassing {
    /** The most descriptors one message can carry (SCM_MAX_FD). */
    int MAX_FDS = 253;

    /**
     * Sends one message. The descriptors stay open and owned here; the receiver gets its own.
     *
     * @param payload at least 1 byte, because a message without bytes looks like an end of file
     * @param fds at most {@link #MAX_FDS}, or none
     */
    Passed send(Fd channel, byte[] payload, List<Fd> fds);

    /**
     * Receives one message. The descriptors received are close-on-exec.
     *
     * @param maxPayload at least 1, in bytes
     * @throws OsException {@code EMSGSIZE} if message or descriptors did not fit, be it into the limits given or into
     *     this process's descriptor table; the descriptors that did arrive are closed
     */
    Received receive(Fd channel, int maxPayload, int maxFds);

    /** What came of sending. */
    enum Passed {
        SENT,
        /** A non-blocking channel is full. */
        WOULD_BLOCK,
        /** Nobody holds the other end any more. */
        PEER_GONE
    }
}
