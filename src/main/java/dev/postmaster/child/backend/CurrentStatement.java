package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;

/**
 * What the session is working on: its text, for the log and for whoever looks at the shared slot, and how long it may
 * take ({@code statement_timeout}, from its text or its Execute to its last row).
 */
final class CurrentStatement {
    private final Surroundings around;
    private final Interrupts interrupts;
    private final SessionSettings settings;
    private String sql = "";
    private SettingValues told;

    CurrentStatement(Surroundings around, Interrupts interrupts, SessionSettings settings) {
        this.around = around;
        this.interrupts = interrupts;
        this.settings = settings;
        this.told = settings.current();
        around.logAs(told);
    }

    /** From now on an error is this text's. */
    void name(String text) {
        sql = text;
    }

    /** From now on this text runs. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot: nothing was set
    void run(String text) {
        name(text);
        if (told != settings.current()) {
            told = settings.current();
            around.logAs(told);
        }
        around.running(text);
    }

    /** What an error is the error of; empty between statements. */
    String sql() {
        return sql;
    }

    void startClock() {
        interrupts.startStatement(settings.current().server().get(Guc.STATEMENT_TIMEOUT));
    }

    void stopClock() {
        interrupts.endStatement();
    }
}
