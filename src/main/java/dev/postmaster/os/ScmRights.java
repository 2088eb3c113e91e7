package dev.postmaster.os;

import static dev.postmaster.os.Calls.check;
import static dev.postmaster.os.Calls.failedWith;

import java.util.List;

/** Passes descriptors by sendmsg and recvmsg. */
final class ScmRights implements FdPassing {
    @Override
    public Passed send(Fd channel, byte[] payload, List<Fd> fds) {
        if (payload.length == 0 || fds.size() > MAX_FDS) {
            throw new IllegalArgumentException(payload.length + " bytes, " + fds.size() + " descriptors");
        }
        try (MessageBlock message = MessageBlock.of(payload, fds)) {
            int result;
            do {
                result = (int) SocketC.sendmsg(channel.number(), message.header(), SocketC.MSG_NOSIGNAL);
            } while (failedWith(result, Errno.EINTR));
            if (failedWith(result, Errno.EAGAIN)) {
                return Passed.WOULD_BLOCK;
            }
            if (failedWith(result, Errno.EPIPE) || failedWith(result, Errno.ECONNRESET)) {
                return Passed.PEER_GONE;
            }
            check("sendmsg", result);
            return Passed.SENT;
        }
    }

    @Override
    public Received receive(Fd channel, int maxPayload, int maxFds) {
        if (maxPayload < 1) {
            throw new IllegalArgumentException("no room for a payload");
        }
        try (MessageBlock message = new MessageBlock(maxPayload, maxFds)) {
            int result;
            do {
                result = (int) SocketC.recvmsg(channel.number(), message.header(), SocketC.MSG_CMSG_CLOEXEC);
            } while (failedWith(result, Errno.EINTR));
            if (failedWith(result, Errno.EAGAIN)) {
                return new Received.WouldBlock();
            }
            if (result == 0 || failedWith(result, Errno.ECONNRESET)) {
                return new Received.PeerGone();
            }
            check("recvmsg", result);
            return complete(message, result);
        }
    }

    private static Received complete(MessageBlock message, int length) {
        List<Fd> fds = message.fds();
        if (message.isTruncated()) {
            fds.forEach(Fd::close);
            throw new OsException("recvmsg", Errno.EMSGSIZE);
        }
        return new Received.Message(message.payload(length), fds);
    }
}
