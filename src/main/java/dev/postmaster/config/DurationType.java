package dev.postmaster.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A length of time, whole in the unit of its range. */
record DurationType(IntRange range) implements SettingType<Duration> {

    @Override
    public Duration parse(String name, String text) {
        long micros = range.parse(name, text) * range.unit().size();
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    @Override
    public String format(Duration value) {
        return range.unit()
                .format(Math.toIntExact(value.dividedBy(Duration.of(range.unit().size(), ChronoUnit.MICROS))));
    }

    @Override
    public String allowed() {
        return range.toString();
    }
}
