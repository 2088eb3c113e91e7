package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;

/** {@code statement_timeout}: how long one statement may take, from its text or its Execute to its last row. */
final class StatementClock {
    private final Interrupts interrupts;
    private final SessionSettings settings;

    StatementClock(Interrupts interrupts, SessionSettings settings) {
        this.interrupts = interrupts;
        this.settings = settings;
    }

    void start() {
        interrupts.startStatement(settings.current().server().get(Guc.STATEMENT_TIMEOUT));
    }

    void stop() {
        interrupts.endStatement();
    }
}
