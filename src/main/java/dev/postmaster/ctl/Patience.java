package dev.postmaster.ctl;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for the server with a dot a second (CTL-3). */
final class Patience {
    private static final int LOOKS_PER_SECOND = 10;
    private static final long PAUSE = Duration.ofSeconds(1).toNanos() / LOOKS_PER_SECOND;

    private final Screen screen;
    private final int seconds;

    Patience(Screen screen, int seconds) {
        this.screen = screen;
        this.seconds = seconds;
    }

    /** Looks ten times a second until there is an answer; empty when the time is over. */
    <T> Optional<T> await(Supplier<Optional<T>> look) {
        for (int i = 0; i < seconds * LOOKS_PER_SECOND; i++) {
            Optional<T> answer = look.get();
            if (answer.isPresent()) {
                return answer;
            }
            if (i % LOOKS_PER_SECOND == 0) {
                screen.progress(".");
            }
            LockSupport.parkNanos(PAUSE);
        }
        return Optional.empty();
    }
}
