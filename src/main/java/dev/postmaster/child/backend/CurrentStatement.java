package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.store.sql.SecretText;

/**
 * What the session is working on: its text, for the log and for whoever looks at the shared slot, and how long it may
 * take ({@code statement_timeout}, from its text or its Execute to its last row).
 */
final class CurrentStatement {
    private final Surroundings around;
    private final Interrupts interrupts;
    private final SessionSettings settings;
    private final Reporter reporter;
    private SettingValues told;

    CurrentStatement(Surroundings around, Interrupts interrupts, SessionSettings settings, Reporter reporter) {
        this.around = around;
        this.interrupts = interrupts;
        this.settings = settings;
        this.reporter = reporter;
        this.told = settings.current();
        around.logAs(told);
    }

    /** From now on an error or a warning is this text's; an empty one is between statements. */
    void name(String text) {
        reporter.name(SecretText.masked(text));
    }

    /** From now on this text runs. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot: nothing was set
    void run(String text) {
        String shown = SecretText.masked(text);
        reporter.name(shown);
        if (told != settings.current()) {
            told = settings.current();
            around.logAs(told);
        }
        around.running(shown);
    }

    void startClock() {
        interrupts.startStatement(settings.current().server().get(Guc.STATEMENT_TIMEOUT));
    }

    void stopClock() {
        interrupts.endStatement();
    }
}
