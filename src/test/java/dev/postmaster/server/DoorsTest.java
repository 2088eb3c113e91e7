package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When clients are let in and when not, over Netty's embedded channels and a clock of our own (PM-7, PM-65). */
class DoorsTest {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final List<String> log = new ArrayList<>();
    private final List<Channel> seated = new ArrayList<>();
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final EmbeddedChannel tcp = new EmbeddedChannel(false);
    private final EmbeddedChannel unix = new EmbeddedChannel(false);
    private final Doors doors = new Doors(clock.eventLoop(), seated::add, report -> log.add(report.message()));

    @BeforeEach
    void openBothDoors() {
        clock.freezeTime();
        doors.add(tcp);
        doors.add(unix);
    }

    @Test
    void whoIsAcceptedGetsASeat() {
        EmbeddedChannel client = new EmbeddedChannel(false);

        tcp.pipeline().fireChannelRead(client);

        assertThat(seated).containsExactly(client);
    }

    @Test
    void aFailedAcceptPausesEveryDoorFor100Milliseconds() {
        acceptFails(tcp);
        assertThat(isOpen()).isFalse();

        pass(PAUSE.minus(A_MOMENT));
        assertThat(isOpen()).isFalse();

        pass(A_MOMENT);
        assertThat(isOpen()).isTrue();
    }

    @Test
    void theEndOfAPauseDoesNotOpenWhatTheCoreHasShutMeanwhile() {
        acceptFails(tcp);
        doors.shut();

        pass(PAUSE);
        assertThat(isOpen()).isFalse();

        doors.reopen();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void reopeningWaitsForTheEndOfThePause() {
        doors.shut();
        acceptFails(tcp);
        doors.reopen();
        assertThat(isOpen()).isFalse();

        pass(PAUSE);
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aShortageThatLastsIsLoggedOnce() {
        for (int attempt = 0; attempt < 100; attempt++) {
            acceptFails(tcp);
            acceptFails(unix);
            pass(PAUSE);
        }

        assertThat(log).containsExactly("could not accept new connection: Too many open files");
    }

    @Test
    void aShortageAfterACalmSecondIsLoggedAgain() {
        acceptFails(tcp);
        pass(PAUSE.plusSeconds(1));
        acceptFails(tcp);

        assertThat(log).hasSize(2);
    }

    @Test
    void aPauseThatOutlivesTheDoorsHurtsNobody() {
        acceptFails(tcp);
        doors.close();

        boolean before = tcp.config().isAutoRead();

        pass(PAUSE);

        assertThat(tcp.isOpen()).isFalse();
        assertThat(tcp.config().isAutoRead()).isEqualTo(before);
    }

    private static void acceptFails(Channel door) {
        door.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    }

    private void pass(Duration time) {
        clock.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }

    private boolean isOpen() {
        assertThat(tcp.config().isAutoRead()).isEqualTo(unix.config().isAutoRead());
        return tcp.config().isAutoRead();
    }
}
