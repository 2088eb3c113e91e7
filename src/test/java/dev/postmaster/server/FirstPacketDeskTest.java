package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.metrics.Refusal;
import dev.postmaster.wire.CancelKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The seats at the desk, over Netty's embedded channels and a clock of our own (CL-6, Q-13). */
class FirstPacketDeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> log = new ArrayList<>();
    private final List<FirstPacketDesk.Visit> ready = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final FirstPacketDesk desk = new FirstPacketDesk(
            clock.eventLoop(),
            report -> log.add(report.message()),
            new FirstPacketDesk.Callers() {
                @Override
                public void ready(FirstPacketDesk.Visit visit) {
                    ready.add(visit);
                }

                @Override
                public void cancel(int pid, CancelKey key) {
                    throw new AssertionError("nobody cancels here");
                }

                @Override
                public boolean offersTls() {
                    return true;
                }

                @Override
                public void turnedAway(Refusal reason) {
                    gone.add(reason.name());
                }

                @Override
                public void abandoned() {
                    gone.add("by itself");
                }

                @Override
                public void gone(long client) {
                    gone.add("client " + client + " from the line");
                }
            },
            new Refusals(report -> log.add(report.message())),
            new FirstPacketDesk.Limits(PATIENCE, 3, 0));

    @BeforeEach
    void stopTheClock() {
        clock.freezeTime();
    }

    @Test
    void silenceEndsWithTheAuthenticationTimeoutAndWithoutAWord() {
        EmbeddedChannel silent = seat();

        clock.advanceTimeBy(PATIENCE.toMillis() - 1, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
        assertThat(silent.isOpen()).isTrue();

        clock.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
        assertThat(silent.isOpen()).isFalse();
        assertThat(wordsTo(silent)).isEmpty();
        assertThat(desk.size()).isZero();
        assertThat(gone).containsExactly("TIMEOUT");
    }

    @Test
    void whoHasSaidEverythingIsToldThatTheTimeIsOver() {
        EmbeddedChannel client = seat();
        introduce(client);

        clock.advanceTimeBy(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();

        assertThat(wordsTo(client))
                .startsWith("E")
                .contains("FATAL", "57014", "canceling authentication due to timeout");
        assertThat(client.isOpen()).isFalse();
        assertThat(log).containsExactly("canceling authentication due to timeout");
        assertThat(gone).containsExactly("TIMEOUT", "client 1 from the line");
    }

    @Test
    void whoLeavesTheLineIsNoLongerCounted() {
        EmbeddedChannel client = seat();
        introduce(client);

        client.finish();

        assertThat(gone).containsExactly("by itself", "client 1 from the line");
        assertThat(log).containsExactly("client [local] left before it got a session");
    }

    @Test
    void aNewcomerGetsTheSeatOfWhoeverWaitedLongest() {
        EmbeddedChannel first = seat();
        EmbeddedChannel second = seat();
        seat();

        EmbeddedChannel newcomer = seat();

        assertThat(wordsTo(first)).startsWith("E").contains("FATAL", "53300", "sorry, too many clients already");
        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isTrue();
        assertThat(newcomer.isOpen()).isTrue();
        assertThat(desk.size()).isEqualTo(3);
        assertThat(gone).containsExactly("NO_SEAT");
    }

    @Test
    void whoHasSaidEverythingKeepsItsSeat() {
        EmbeddedChannel first = seat();
        introduce(first);
        EmbeddedChannel second = seat();
        seat();

        seat();

        assertThat(first.isOpen()).isTrue();
        assertThat(second.isOpen()).isFalse();
        assertThat(ready).hasSize(1);
        assertThat(desk.verdict(ready.getFirst().client().id())).isPresent();
    }

    @Test
    void aFloodNeverTakesMoreThanTheSeatsAndOneLineOfTheLog() {
        for (int i = 0; i < 1_000; i++) {
            seat();
            assertThat(desk.size()).isLessThanOrEqualTo(3);
        }

        assertThat(log)
                .containsExactly("no seat left for clients without a startup packet:"
                        + " those that wait longest of 3 are sent away");
    }

    @Test
    void aSecondFloodIsSaidAgain() {
        List<EmbeddedChannel> flood = List.of(seat(), seat(), seat(), seat());
        flood.forEach(EmbeddedChannel::finish);
        assertThat(desk.size()).isZero();

        for (int i = 0; i < 4; i++) {
            seat();
        }

        assertThat(log).hasSize(2);
    }

    @Test
    void whoWantsTlsGetsABackendForTheRest() {
        List.of(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f}, new byte[] {0x16, 3, 1, 2})
                .forEach(begin -> {
                    EmbeddedChannel client = new FromNetwork();
                    desk.welcome(client);
                    client.writeInbound(Unpooled.wrappedBuffer(begin));

                    assertThat(wordsTo(client)).isEmpty();
                    assertThat(ready.getLast().startup()).isNull();
                    assertThat(ready.getLast().client().packet()).isEqualTo(begin);
                    assertThat(ready.getLast().session().user()).isEmpty();
                });
        assertThat(ready).hasSize(2);
    }

    @Test
    void aUnixSocketHasNoTls() {
        EmbeddedChannel client = seat();

        client.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f}));

        assertThat(wordsTo(client)).isEqualTo("N");
        introduce(client);
        assertThat(ready).hasSize(1);
    }

    private EmbeddedChannel seat() {
        var channel = new EmbeddedChannel(false);
        desk.welcome(channel);
        return channel;
    }

    /** A client that comes by TCP, in the eyes of the desk. */
    private static final class FromNetwork extends EmbeddedChannel {
        FromNetwork() {
            super(false);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
        }
    }

    private static void introduce(EmbeddedChannel client) {
        byte[] parameters = "user\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuf packet = Unpooled.buffer();
        packet.writeInt(8 + parameters.length).writeInt(3 << 16).writeBytes(parameters);
        client.writeInbound(packet);
    }

    private static String wordsTo(EmbeddedChannel client) {
        ByteBuf words = client.readOutbound();
        return words == null ? "" : words.toString(StandardCharsets.UTF_8);
    }
}
