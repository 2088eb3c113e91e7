package dev.postmaster.config;

import dev.postmaster.core.worker.RestartTerms;
import java.time.Duration;

/** A pause before a restart, or {@code never}, which is also -1 (BW-4). */
record RestartIntervalType(DurationType pauses) implements SettingType<Duration> {
    private static final String NEVER = "never";

    /** PostgreSQL's word for it (BGW_NEVER_RESTART). */
    private static final String PG_NEVER = "-1";

    @Override
    public Duration parse(String name, String text) {
        String wanted = text.strip();
        return wanted.equalsIgnoreCase(NEVER) || wanted.equals(PG_NEVER)
                ? RestartTerms.NEVER
                : pauses.parse(name, text);
    }

    @Override
    public String format(Duration value) {
        return value.equals(RestartTerms.NEVER) ? NEVER : pauses.format(value);
    }

    @Override
    public String allowed() {
        return pauses.allowed() + ", " + NEVER + " (" + PG_NEVER + ")";
    }
}
