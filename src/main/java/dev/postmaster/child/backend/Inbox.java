package dev.postmaster.child.backend;

import dev.postmaster.wire.FrontendDecoder;
import dev.postmaster.wire.FrontendMessage;
import java.io.IOException;

/** The client's messages, one after the other. Who waits for one gives the turn away meanwhile. */
final class Inbox {
    private final FrontendDecoder messages;
    private final Turn turn;

    Inbox(FrontendDecoder messages, Turn turn) {
        this.messages = messages;
        this.turn = turn;
    }

    /**
     * Waits for the next message.
     *
     * @throws SessionOver if another thread has ended the session meanwhile, and nothing is left to say
     */
    FrontendMessage next() throws IOException {
        turn.beginWait();
        FrontendMessage message = messages.next();
        if (!turn.beginWork()) {
            throw new SessionOver();
        }
        return message;
    }

    /** The way out of whatever the session's thread was doing: for it, the client is gone. */
    static final class SessionOver extends IOException {
        private static final long serialVersionUID = 1L;

        SessionOver() {
            super("another thread has ended the session");
        }
    }
}
