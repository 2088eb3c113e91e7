package dev.postmaster.ctl;

import java.util.Optional;

/** What can be asked of the tool (CTL-1, and {@code ps}, {@code log} and {@code why} beside pg_ctl's). */
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
    LOG("log");

    private final String word;

    Verb(String word) {
        this.word = word;
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
