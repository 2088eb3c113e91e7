package dev.postmaster.ctl;

import java.util.Optional;

/** What can be asked of the tool (CTL-1, and more beside pg_ctl's). */
enum Verb {
    INIT("init"),
    START("start"),
    STOP("stop"),
    RESTART("restart"),
    RELOAD("reload"),
    STATUS("status"),
    PROMOTE("promote"),
    LOGROTATE("logrotate"),
    KILL("kill"),
    PS("ps"),
    WHY("why"),
    LOG("log"),
    WORKERS("workers"),
    START_WORKER("start-worker"),
    STOP_WORKER("stop-worker");

    private final String word;

    Verb(String word) {
        this.word = word;
    }

    /** Whether the name of a background worker follows. */
    boolean isAboutAWorker() {
        return this == START_WORKER || this == STOP_WORKER;
    }

    static Optional<Verb> named(String word) {
        if (word.equals("initdb")) {
            return Optional.of(INIT);
        }
        for (Verb verb : values()) {
            if (verb.word.equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
