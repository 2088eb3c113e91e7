package dev.postmaster.os;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * One message for sendmsg or recvmsg in one block of memory: struct msghdr, struct iovec, the control data (one
 * struct cmsghdr and the descriptors behind it) and the payload.
 */
final class MessageBlock implements AutoCloseable {
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;
    private static final int MSG_FLAGS = 48;
    private static final int IOVEC = 56;
    private static final int CONTROL = 72;
    private static final int CMSG_LEVEL = CONTROL + 8;
    private static final int CMSG_TYPE = CONTROL + 12;
    private static final int CMSG_DATA = CONTROL + 16;
    private static final int CMSG_HEADER_SIZE = 16;

    private final Memory block;
    private final int payload;

    /** A message with room for this much, and no more: the kernel must tell if there was more. */
    MessageBlock(int payloadSize, int fdCount) {
        int controlSize = fdCount == 0 ? 0 : CMSG_HEADER_SIZE + Integer.BYTES * fdCount;
        payload = CONTROL + controlSize;
        block = new Memory((long) payload + payloadSize);
        block.clear(payload);
        block.setPointer(MSG_IOV, block.share(IOVEC));
        block.setLong(MSG_IOVLEN, 1);
        block.setPointer(IOVEC, block.share(payload));
        block.setLong(IOVEC + Long.BYTES, payloadSize);
        if (fdCount > 0) {
            block.setPointer(MSG_CONTROL, block.share(CONTROL));
            block.setLong(MSG_CONTROLLEN, controlSize);
        }
    }

    static MessageBlock of(byte[] payload, List<Fd> fds) {
        MessageBlock message = new MessageBlock(payload.length, fds.size());
        message.block.write(message.payload, payload, 0, payload.length);
        if (!fds.isEmpty()) {
            message.block.setLong(CONTROL, CMSG_HEADER_SIZE + Integer.BYTES * (long) fds.size());
            message.block.setInt(CMSG_LEVEL, SocketC.SOL_SOCKET);
            message.block.setInt(CMSG_TYPE, SocketC.SCM_RIGHTS);
        }
        for (int i = 0; i < fds.size(); i++) {
            message.block.setInt(
                    CMSG_DATA + (long) Integer.BYTES * i, fds.get(i).number());
        }
        return message;
    }

    Pointer header() {
        return block;
    }

    byte[] payload(int length) {
        return block.getByteArray(payload, length);
    }

    /** The descriptors that came; the caller owns them. */
    List<Fd> fds() {
        List<Fd> fds = new ArrayList<>();
        if (block.getLong(MSG_CONTROLLEN) > CMSG_HEADER_SIZE && block.getInt(CMSG_TYPE) == SocketC.SCM_RIGHTS) {
            long count = (block.getLong(CONTROL) - CMSG_HEADER_SIZE) / Integer.BYTES;
            for (int i = 0; i < count; i++) {
                fds.add(PosixFds.own(block.getInt(CMSG_DATA + (long) Integer.BYTES * i)));
            }
        }
        return fds;
    }

    boolean isTruncated() {
        return (block.getInt(MSG_FLAGS) & (SocketC.MSG_TRUNC | SocketC.MSG_CTRUNC)) != 0;
    }

    @Override
    public void close() {
        block.close();
    }
}
