package dev.postmaster.os;

import java.util.List;

/** What came of receiving from a socket that carries descriptors. */
public sealed interface Received {
    /** One message; closing it closes the descriptors that nobody {@linkplain Fd#take took}. */
    final class Message implements Received, AutoCloseable {
        private final byte[] payload;
        private final List<Fd> fds;

        public Message(byte[] payload, List<Fd> fds) {
            this.payload = payload;
            this.fds = List.copyOf(fds);
        }

        /** The bytes that came, at least one; the array is the caller's. */
        public byte[] payload() {
            return payload;
        }

        public List<Fd> fds() {
            return fds;
        }

        @Override
        public void close() {
            fds.forEach(Fd::close);
        }
    }

    /** A non-blocking channel has nothing yet. */
    record WouldBlock() implements Received {}

    /** Nobody holds the other end any more. */
    record PeerGone() implements Received {}
}
