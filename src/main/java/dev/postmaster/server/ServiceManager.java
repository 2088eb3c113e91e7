package dev.postmaster.server;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a service manager such as systemd what we are up to (sd_notify(3), DD-21). Without {@code NOTIFY_SOCKET} in the
 * environment there is none to tell.
 */
@OnLoop
@SuppressWarnings({"FutureReturnValueIgnored", "deprecation"}) // Netty tells handlers; the option has no other name
final class ServiceManager {
    private static final int NANOS_PER_MICRO = 1_000;

    /** What the service manager was told last. */
    private enum State {
        STARTING,
        READY,
        STOPPING
    }

    private final EventLoop loop;
    private final Map<String, String> environment;
    private final int pid;
    private final Log log;
    private State state = State.STARTING;

    /** One for life, because a heartbeat must not depend on whether there is a descriptor left. */
    private @Nullable ChannelFuture socket;

    /** @param pid our own, because another process's watchdog may have been left in the environment */
    ServiceManager(EventLoop loop, Map<String, String> environment, int pid, Log log) {
        this.loop = loop;
        this.environment = environment;
        this.pid = pid;
        this.log = log;
    }

    void ready() {
        state = State.READY;
        send("READY=1");
    }

    void stopping() {
        state = State.STOPPING;
        send("STOPPING=1");
    }

    /** The settings are being read again. Said only of a service that is ready: {@link #reloaded} says it is so again. */
    void reloading() {
        if (state == State.READY) {
            // nanoTime is CLOCK_MONOTONIC, with which the service manager compares.
            send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / NANOS_PER_MICRO);
        }
    }

    void reloaded() {
        if (state == State.READY) {
            send("READY=1");
        }
    }

    /** How often {@link #alive} should be said, if the service manager watches us: twice in the time it gives. */
    Optional<Duration> watchdogPeriod() {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String watched = environment.getOrDefault("WATCHDOG_PID", Integer.toString(pid));
        return micros.matches("[1-9]\\d{3,17}") && watched.equals(Integer.toString(pid))
                ? Optional.of(Duration.of(Long.parseLong(micros) / 2, ChronoUnit.MICROS))
                : Optional.empty();
    }

    /** To be said from the loop: a loop that is stuck says nothing, and the service manager draws its conclusion. */
    void alive() {
        send("WATCHDOG=1");
    }

    private void send(String words) {
        String path = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (path.isEmpty()) {
            return;
        }
        // A leading @ stands for the NUL byte of the abstract name space.
        var address = new DomainSocketAddress(path.startsWith("@") ? "\0" + path.substring(1) : path);
        var datagram = new DomainDatagramPacket(Unpooled.copiedBuffer(words, StandardCharsets.US_ASCII), address);
        try {
            socket().addListener((ChannelFuture open) -> open.channel()
                    .writeAndFlush(datagram)
                    .addListener(sent -> {
                        if (!sent.isSuccess()) {
                            notSent(path, sent.cause());
                        }
                    }));
        } catch (ChannelException e) {
            datagram.release();
            notSent(path, e);
        }
    }

    private ChannelFuture socket() {
        ChannelFuture open = socket;
        if (open == null) {
            var channel = new EpollDomainDatagramChannel();
            // Not connected: a service manager that starts anew binds the same name again.
            channel.config().setOption(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true);
            open = loop.register(channel);
            socket = open;
        }
        return open;
    }

    private void notSent(String path, Throwable why) {
        log.report(Report.of(
                Severity.LOG, "could not notify the service manager at \"" + path + "\": " + why.getMessage()));
    }
}
