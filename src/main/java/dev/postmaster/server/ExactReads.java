package dev.postmaster.server;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Makes Netty read as many bytes as were asked for and no more: what a client sends behind its startup packet stays in
 * the kernel's buffer, where the child that gets the socket will find it.
 */
final class ExactReads extends DefaultMaxMessagesRecvByteBufAllocator {
    private int bytes;

    ExactReads(int firstRead) {
        super(1);
        bytes = firstRead;
    }

    /** How many bytes the next read may take, at least 1. */
    void next(int count) {
        bytes = count;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecated the type its own interface returns
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return bytes;
            }
        };
    }
}
