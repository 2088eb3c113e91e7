package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LogTapTest {
    private final List<String> heard = new ArrayList<>();
    private final Consumer<String> listener = heard::add;
    private final LogTap tap = new LogTap();

    @Test
    void aListenerHearsWhatPassesWhileItIsThere() {
        tap.pass("before");
        tap.join(listener);
        tap.pass("now");
        tap.leave(listener);
        tap.pass("after");

        assertThat(heard).containsExactly("now");
    }

    @Test
    void whenTooManyListenOneMustLeaveFirst() {
        assertThat(tap.join(listener)).isTrue();
        for (int others = 1; others < LogTap.MOST_LISTENERS; others++) {
            assertThat(tap.join(line -> {})).isTrue();
        }
        assertThat(tap.join(line -> {})).isFalse();

        tap.leave(listener);
        assertThat(tap.join(line -> {})).isTrue();
    }
}
