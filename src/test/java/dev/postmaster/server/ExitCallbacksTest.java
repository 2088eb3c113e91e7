package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCallbacksTest {
    private final ExitCallbacks callbacks = new ExitCallbacks();
    private final List<String> done = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    @Test
    void theNewestIsUndoneFirstAndAFailureStopsNoOther_PM3() {
        var failure = new IllegalStateException("busy");
        callbacks.add(() -> done.add("the lock file"));
        callbacks.add(() -> {
            throw failure;
        });
        callbacks.add(() -> done.add("the socket"));
        assertThat(callbacks.run(failed::add)).isTrue();
        assertThat(done).containsExactly("the socket", "the lock file");
        assertThat(failed).containsExactly(failure);
    }

    @Test
    void eachIsRunOnce() {
        callbacks.add(() -> done.add("the lock file"));
        callbacks.run(failed::add);
        assertThat(callbacks.run(failed::add)).isFalse();
        assertThat(done).hasSize(1);
    }
}
