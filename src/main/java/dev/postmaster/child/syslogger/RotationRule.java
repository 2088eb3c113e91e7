package dev.postmaster.child.syslogger;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.logpipe.RecordForm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether it is time for new log files, and for which (LOG-28, LOG-29). Decides from values; touches no file. */
final class RotationRule {
    /** A time that never comes: rotation by age is off. */
    static final Instant NEVER = Instant.MAX;

    private RotationRule() {}

    /** Why files are changed. */
    enum Cause {
        /** The planned time has come. The files are named after it, and may be emptied first (LOG-30). */
        AGE,
        /** Some files have reached the size. */
        SIZE,
        /** Somebody wants it: by signal, or by changing a setting. */
        REQUEST
    }

    /** New files for these forms, because of this. */
    record Rotation(Cause cause, Set<RecordForm> forms) {}

    /**
     * What is set.
     *
     * @param age zero is no rotation by age
     * @param size in bytes; 0 is no rotation by size
     */
    record Limits(Duration age, long size, ZoneId zone) {
        static Limits of(Settings settings) {
            return new Limits(
                    settings.get(Guc.LOG_ROTATION_AGE),
                    settings.get(Guc.LOG_ROTATION_SIZE),
                    settings.get(Guc.LOG_TIMEZONE));
        }

        /** The next multiple of the age, counted in local time, after now (set_next_rotation_time). */
        Instant next(Instant now) {
            if (age.isZero()) {
                return NEVER;
            }
            long offset = zone.getRules().getOffset(now).getTotalSeconds();
            long local = now.getEpochSecond() + offset;
            return Instant.ofEpochSecond(local - Math.floorMod(local, age.toSeconds()) + age.toSeconds() - offset);
        }
    }

    /**
     * Where the syslogger stands.
     *
     * @param planned when the age will be reached
     * @param requested whether somebody wants new files
     * @param disabled whether a file could not be opened, so that only requests are served (LOG-31)
     */
    record State(Instant planned, boolean requested, boolean disabled) {
        State plannedFor(Instant time) {
            return new State(time, requested, disabled);
        }

        State requested(boolean wanted) {
            return new State(planned, wanted, disabled);
        }

        State disabled(boolean off) {
            return new State(planned, requested, off);
        }
    }

    /**
     * What is to be done now.
     *
     * @param sizes of the files that are open, in bytes
     */
    static Optional<Rotation> due(Limits limits, State state, Instant now, Map<RecordForm, Long> sizes) {
        if (!state.disabled() && !now.isBefore(state.planned())) {
            return Optional.of(new Rotation(Cause.AGE, EnumSet.allOf(RecordForm.class)));
        }
        if (state.requested()) {
            return Optional.of(new Rotation(Cause.REQUEST, EnumSet.allOf(RecordForm.class)));
        }
        Set<RecordForm> tooBig = EnumSet.noneOf(RecordForm.class);
        if (limits.size() > 0 && !state.disabled()) {
            sizes.forEach((form, size) -> {
                if (size >= limits.size()) {
                    tooBig.add(form);
                }
            });
        }
        return tooBig.isEmpty() ? Optional.empty() : Optional.of(new Rotation(Cause.SIZE, tooBig));
    }
}
