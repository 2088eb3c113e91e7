package dev.postmaster.config;

import dev.postmaster.core.worker.RestartTerms;
import java.time.Duration;

/** A pause before a restart, or {@code never} (BW-4). */
record RestartIntervalType(DurationType pauses) implements SettingType<Duration> {
    private static final String NEVER = "never";

    @Override
    public Duration parse(String name, String text) {
        return text.strip().equalsIgnoreCase(NEVER) ? RestartTerms.NEVER : pauses.parse(name, text);
    }

    @Override
    public String format(Duration value) {
        return value.equals(RestartTerms.NEVER) ? NEVER : pauses.format(value);
    }

    @Override
    public String allowed() {
        return pauses.allowed() + ", " + NEVER;
    }
}
