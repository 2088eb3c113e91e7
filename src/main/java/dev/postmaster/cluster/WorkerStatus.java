package dev.postmaster.cluster;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * How a background worker stands, as a line of {@code postmaster.status} tells it.
 *
 * @param pid 0 if it does not run
 * @param at since when, or for a resting one until when
 * @param note how it last ended, or why it was rejected; empty if there is nothing to say
 */
public record WorkerStatus(State state, int pid, Instant at, String note) {
    /** How the note of a worker begins that there was no process for. */
    public static final String NOT_LAUNCHED = "could not be launched: ";

    private static final int FIELDS = 4;

    /** What it is doing or waiting for. */
    public enum State {
        /** It is not started by itself, and nobody has asked for it. */
        OFF,
        /** Its registration is wrong. */
        REJECTED,
        /** For the phase in which it may run. */
        WAITING,
        RUNNING,
        /** It was told to end, and has not yet. */
        STOPPING,
        /** Until it is started again. */
        RESTING,
        /** It has done what it was there for. */
        DONE,
        /** Somebody told it to go. */
        STOPPED,
        /** It was to run once only, and failed. */
        FAILED,
        /** It failed too often. */
        GIVEN_UP;

        /** For people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** Whether nothing happens until somebody asks for it. */
        public boolean isOver() {
            return switch (this) {
                case OFF, REJECTED, DONE, STOPPED, FAILED, GIVEN_UP -> true;
                case WAITING, RUNNING, STOPPING, RESTING -> false;
            };
        }
    }

    /** What {@link #parse} reads. */
    public String text() {
        return state + " " + pid + " " + at + " " + note;
    }

    /** Empty if it is the text of another version. */
    public static Optional<WorkerStatus> parse(String text) {
        String[] fields = text.split(" ", FIELDS);
        try {
            return Optional.of(new WorkerStatus(
                    State.valueOf(fields[0]),
                    Integer.parseInt(fields[1]),
                    Instant.parse(fields[2]),
                    fields.length < FIELDS ? "" : fields[FIELDS - 1]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
