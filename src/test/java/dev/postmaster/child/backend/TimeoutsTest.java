package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    private final Timeouts timeouts = new Timeouts();
    private final BlockingQueue<String> fired = new LinkedBlockingQueue<>();

    private void enable(Timeouts.Id id, int millis, String name) {
        timeouts.enable(id, Duration.ofMillis(millis), () -> fired.add(name));
    }

    private String next() throws InterruptedException {
        String name = fired.poll(10, TimeUnit.SECONDS);
        return name == null ? "nothing" : name;
    }

    @Test
    void theyFireInTheOrderOfTheirTime() throws InterruptedException {
        enable(Timeouts.Id.AUTHENTICATION, 2_000, "last");
        enable(Timeouts.Id.STATEMENT, 1_000, "second");
        enable(Timeouts.Id.INSIST, 0, "first");
        assertThat(List.of(next(), next(), next())).containsExactly("first", "second", "last");
        assertThat(fired).isEmpty();
    }

    @Test
    void aNewTimeTakesThePlaceOfTheOld() throws InterruptedException {
        enable(Timeouts.Id.STATEMENT, 3_600_000, "old");
        enable(Timeouts.Id.STATEMENT, 10, "new");
        assertThat(next()).isEqualTo("new");
    }

    @Test
    void aDisabledOneDoesNotFire() throws InterruptedException {
        enable(Timeouts.Id.STATEMENT, 1_000, "disabled");
        timeouts.disable(Timeouts.Id.STATEMENT);
        enable(Timeouts.Id.INSIST, 1_200, "later");
        assertThat(next()).isEqualTo("later");
    }

    @Test
    void oneCanSetItselfAgain() throws InterruptedException {
        timeouts.enable(Timeouts.Id.INSIST, Duration.ZERO, () -> enable(Timeouts.Id.INSIST, 1, "again"));
        assertThat(next()).isEqualTo("again");
    }

    @Test
    void whoSleepsIsWokenForOneThatIsDueBeforeAllOthers() throws InterruptedException {
        enable(Timeouts.Id.AUTHENTICATION, 3_600_000, "in an hour");
        enable(Timeouts.Id.INSIST, 0, "now");
        assertThat(next()).isEqualTo("now"); // what is left to wait for is an hour away
        enable(Timeouts.Id.STATEMENT, 10, "soon");
        assertThat(next()).isEqualTo("soon");
    }

    @Test
    void aSleepForOneThatWasDisabledDoesNotLoseTheNext() throws InterruptedException {
        enable(Timeouts.Id.STATEMENT, 1_000, "disabled");
        timeouts.disable(Timeouts.Id.STATEMENT);
        enable(Timeouts.Id.STATEMENT, 1_200, "later"); // the thread wakes before it, for nothing
        assertThat(next()).isEqualTo("later");
    }
}
