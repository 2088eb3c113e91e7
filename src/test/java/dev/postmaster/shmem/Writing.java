package dev.postmaster.shmem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Session data all of whose parts follow from one number, so that a mixture of two shows. */
public final class Writing {
    private Writing() {}

    /** Writes what follows from the number, which is above 0: a fresh slot looks like 0. */
    public static void write(SessionArea session, int number) {
        Instant at = Instant.EPOCH.plus(number, ChronoUnit.MICROS);
        session.begin(identity(number), at);
        session.running(query(number), at);
    }

    /** Checks that all parts of a reading follow from one number. */
    public static void check(SessionView view) {
        int number = Math.toIntExact(view.startedAtMicros());
        assertThat(view.identity()).isEqualTo(number == 0 ? SessionIdentity.NOBODY : identity(number));
        assertThat(view.stateSinceMicros()).isEqualTo(number);
        assertThat(view.query()).isIn("", query(number));
    }

    private static SessionIdentity identity(int number) {
        String name = Integer.toString(number).repeat(1 + number % 5);
        return new SessionIdentity(name, name, name, name);
    }

    private static String query(int number) {
        return "select " + Integer.toString(number).repeat(1 + number % 90);
    }
}
