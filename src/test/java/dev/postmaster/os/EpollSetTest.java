package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EpollSetTest {
    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    private final Os os = Os.open();
    private final ReadySet ready = os.fds().readySet();
    private final List<Pipe> pipes = new ArrayList<>();

    @AfterEach
    void close() {
        ready.close();
        pipes.forEach(Pipe::close);
    }

    @Test
    void thoseAreReportedThatHaveBytesOrAnEnd() {
        Pipe silent = pipe(1);
        Pipe talking = pipe(2);
        Pipe ended = pipe(1L << 40);
        assertThat(ready.await(Duration.ZERO)).isEmpty();
        os.rawIo().writeFully(talking.writeEnd(), new byte[1]);
        ended.writeEnd().close();
        assertThat(ready.await(FOR_EVER)).containsExactlyInAnyOrder(2L, 1L << 40);
        assertThat(ready.await(FOR_EVER)).as("still unread").containsExactlyInAnyOrder(2L, 1L << 40);
        ready.remove(talking.readEnd());
        ready.remove(ended.readEnd());
        assertThat(ready.await(Duration.ofMillis(20))).isEmpty();
        os.rawIo().writeFully(silent.writeEnd(), new byte[1]);
        assertThat(ready.await(FOR_EVER)).containsExactly(1L);
    }

    @Test
    void twoThousandCanBeWatchedAndNoneIsForgotten() {
        for (int i = 0; i < 2_000; i++) {
            os.rawIo().writeFully(pipe(i).writeEnd(), new byte[1]);
        }
        List<Long> seen = new ArrayList<>();
        for (List<Long> some = ready.await(Duration.ZERO); !some.isEmpty(); some = ready.await(Duration.ZERO)) {
            seen.addAll(some);
            some.forEach(key -> ready.remove(pipes.get(key.intValue()).readEnd()));
        }
        assertThat(seen).hasSize(2_000).doesNotHaveDuplicates();
    }

    @Test
    void aWaitEndsWhenSomebodyAddsOrWakes() {
        var waiting = CompletableFuture.supplyAsync(() -> ready.await(FOR_EVER));
        Pipe late = pipe(7);
        os.rawIo().writeFully(late.writeEnd(), new byte[1]);
        assertThat(waiting.join()).containsExactly(7L);
        os.rawIo().read(late.readEnd(), new byte[1]);
        ready.wake();
        assertThat(ready.await(FOR_EVER)).isEmpty();
    }

    @Test
    void theKeyOfTheWakerIsNobodyElses() {
        Pipe pipe = os.fds().pipe();
        pipes.add(pipe);
        assertThatIllegalArgumentException().isThrownBy(() -> ready.add(pipe.readEnd(), -1));
    }

    private Pipe pipe(long key) {
        Pipe pipe = os.fds().pipe();
        pipes.add(pipe);
        ready.add(pipe.readEnd(), key);
        return pipe;
    }
}
