package dev.postmaster.os;

/** What came of trying to listen. */
public sealed interface ListenResult {
    /**
     * Connections queue from now on.
     *
     * @param fd the socket; the caller owns it
     * @param name the address in effect, with the port the kernel chose
     */
    record Listening(Fd fd, SocketName name) implements ListenResult {}

    /** Nothing listens, and nothing stays open. */
    record Failed(Step step, Errno errno) implements ListenResult {}

    /** What failed; each has its own message in PM-4 and PM-6. */
    enum Step {
        SOCKET("socket"),
        REUSE_ADDRESS("setsockopt(SO_REUSEADDR)"),
        IPV6_ONLY("setsockopt(IPV6_V6ONLY)"),
        BIND("bind"),
        GROUP("chown"),
        PERMISSIONS("chmod"),
        LISTEN("listen");

        private final String call;

        Step(String call) {
            this.call = call;
        }

        /** The system call, as PostgreSQL's messages spell it. */
        public String call() {
            return call;
        }
    }
}
