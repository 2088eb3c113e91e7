package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DD-21, against a real datagram socket such as systemd's. */
@SuppressWarnings("deprecation") // the class Netty 4.1 has for epoll event loops
class ServiceManagerTest {
    private static final int PID = 4711;

    private final EventLoopGroup group = new EpollEventLoopGroup(1);
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void readyAndStoppingReachTheServiceManager() throws InterruptedException {
        String socket = directory.resolve("notify").toString();
        listenOn(socket);
        var manager = new ServiceManager(group.next(), Map.of("NOTIFY_SOCKET", socket), PID, reports::add);

        manager.ready();
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1");
        manager.stopping();
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("STOPPING=1");
        assertThat(reports).isEmpty();
    }

    @Test
    void aReloadIsToldOnlyOfAServiceThatIsReady() throws InterruptedException {
        String socket = directory.resolve("notify").toString();
        listenOn(socket);
        var manager = new ServiceManager(group.next(), Map.of("NOTIFY_SOCKET", socket), PID, reports::add);

        manager.reloading();
        manager.reloaded();
        manager.ready();
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1");
        long before = System.nanoTime() / 1_000;
        manager.reloading();
        String reloading = received.poll(10, TimeUnit.SECONDS);
        assertThat(reloading).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
        assertThat(Long.parseLong(reloading.substring(reloading.lastIndexOf('=') + 1)))
                .isBetween(before, System.nanoTime() / 1_000);
        manager.reloaded();
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1");
        manager.stopping();
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("STOPPING=1");
        manager.reloading();
        manager.alive();
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
    }

    @Test
    void theWatchdogIsFedTwiceInItsTimeAndOnlyIfItIsOurs() {
        assertThat(periodWith(Map.of("WATCHDOG_USEC", "3000000"))).contains(Duration.ofMillis(1_500));
        assertThat(periodWith(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "4711")))
                .isPresent();
        assertThat(periodWith(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1")))
                .isEmpty();
        assertThat(periodWith(Map.of("WATCHDOG_USEC", "soon"))).isEmpty();
        assertThat(periodWith(Map.of())).isEmpty();
    }

    private Optional<Duration> periodWith(Map<String, String> environment) {
        return new ServiceManager(group.next(), environment, PID, reports::add).watchdogPeriod();
    }

    @Test
    void aServiceManagerThatIsGoneIsReported() throws InterruptedException {
        String socket = directory.resolve("gone").toString();
        var manager = new ServiceManager(group.next(), Map.of("NOTIFY_SOCKET", socket), PID, reports::add);

        manager.ready();

        Report report = reports.poll(10, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        assertThat(report.message()).startsWith("could not notify the service manager at \"" + socket + "\"");
    }

    private void listenOn(String socket) {
        var channel = new EpollDomainDatagramChannel();
        channel.pipeline().addLast(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                received.add(packet.content().toString(StandardCharsets.US_ASCII));
            }
        });
        group.register(channel).syncUninterruptibly();
        channel.bind(new DomainSocketAddress(socket)).syncUninterruptibly();
    }
}
