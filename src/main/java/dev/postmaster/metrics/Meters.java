package dev.postmaster.metrics;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Sig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Where the loop tells what it has done. Each call adds to a number in memory and never waits; whoever asks for metrics reads
 * these numbers and never touches the loop. Times are in nanoseconds of {@link System#nanoTime()}.
 */
public final class Meters {
    private final MeterShelf shelf;
    private final Map<ChildKind, OfKind> kinds = new EnumMap<>(ChildKind.class);
    private final Map<HandoverWay, Timer> handovers = new EnumMap<>(HandoverWay.class);
    private final Counter accepted;
    private final Counter admitted;
    private final Counter abandoned;
    private final Counter cancelRequests;
    private final Counter crashCycles;
    private final Timer loopDelay;
    private final DistributionSummary sessions;
    private final Counter checkpointsDone;
    private final Counter checkpointsFailed;
    private final AtomicInteger sparesIdle = new AtomicInteger();
    private final AtomicInteger sparesStarting = new AtomicInteger();

    /** What is measured of each kind of child; the timers come with the first child, for each costs the start a little. */
    private record OfKind(Counter launches, Map<StartStage, Timer> stages) {}

    /** What can be foreseen is there at once, at 0: a counter that appears with its first event hides that one. */
    public Meters(MeterRegistry registry) {
        shelf = new MeterShelf(registry);
        for (Refusal reason : Refusal.values()) {
            shelf.counter(Metric.CONNECTIONS_REFUSED, label(reason));
        }
        for (HandoverWay way : HandoverWay.values()) {
            handovers.put(way, shelf.timer(Metric.HANDOVER, label(way)));
        }
        accepted = shelf.counter(Metric.CONNECTIONS_ACCEPTED);
        admitted = shelf.counter(Metric.CONNECTIONS_ADMITTED);
        abandoned = shelf.counter(Metric.CONNECTIONS_ABANDONED);
        cancelRequests = shelf.counter(Metric.CANCEL_REQUESTS);
        crashCycles = shelf.counter(Metric.CRASH_CYCLES);
        loopDelay = shelf.timer(Metric.LOOP_DELAY);
        sessions = shelf.summary(Metric.BACKEND_SESSIONS);
        checkpointsDone = shelf.counter(Metric.CHECKPOINTS, "done");
        checkpointsFailed = shelf.counter(Metric.CHECKPOINTS, "failed");
        shelf.gauge(Metric.SPARES, sparesIdle::get, "idle");
        shelf.gauge(Metric.SPARES, sparesStarting::get, "starting");
    }

    // Clients

    public void accepted() {
        accepted.increment();
    }

    public void admitted() {
        admitted.increment();
    }

    public void refused(Refusal reason) {
        shelf.counter(Metric.CONNECTIONS_REFUSED, label(reason)).increment();
    }

    /** A client left before it had a process, and nobody had sent it away. */
    public void abandoned() {
        abandoned.increment();
    }

    public void cancelRequested() {
        cancelRequests.increment();
    }

    /** A process has the client's socket, so long after the client had said what it must. */
    public void handedOver(HandoverWay way, long nanos) {
        Objects.requireNonNull(handovers.get(way)).record(nanos, TimeUnit.NANOSECONDS);
    }

    // Children

    public void launched(ChildKind kind, long nanos) {
        of(kind).launches().increment();
        shelf.timer(Metric.LAUNCH, label(kind)).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The kernel refused a launch; the reason is the symbol of its error, such as {@code EAGAIN}. */
    public void notLaunched(ChildKind kind, String reason) {
        of(kind).launches().increment();
        shelf.counter(Metric.LAUNCH_FAILURES, label(kind), reason).increment();
    }

    public void startStage(ChildKind kind, StartStage stage, long nanos) {
        of(kind).stages()
                .computeIfAbsent(stage, first -> shelf.timer(Metric.CHILD_START, label(kind), label(first)))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The code is the exit status, or the signal's name; a signal without a name goes by its number. */
    public void exited(ChildKind kind, ExitStatus status) {
        switch (status) {
            case ExitStatus.Code(int code) -> exited(kind, "exit", Integer.toString(code));
            case ExitStatus.Killed(int number) ->
                exited(kind, "signal", Sig.of(number).map(sig -> "SIG" + sig).orElse(Integer.toString(number)));
        }
    }

    private void exited(ChildKind kind, String cause, String code) {
        shelf.counter(Metric.EXITS, label(kind), cause, code).increment();
    }

    /** A backend has ended that served so many sessions. */
    public void served(int count) {
        sessions.record(count);
    }

    /** How many backends wait for a client, and how many are on their way to. */
    public void spares(int idle, int starting) {
        sparesIdle.set(idle);
        sparesStarting.set(starting);
    }

    // The rest

    /** Everybody is being ended because somebody crashed. */
    public void crashed() {
        crashCycles.increment();
    }

    public void loopDelayed(long nanos) {
        loopDelay.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** So many more checkpoints have ended. */
    public void checkpointed(int succeeded, int failed) {
        checkpointsDone.increment(succeeded);
        checkpointsFailed.increment(failed);
    }

    /** Shows a number that others keep; it is asked by any thread, at any time. */
    public void show(Metric metric, DoubleSupplier value, String... labels) {
        shelf.gauge(metric, value, labels);
    }

    /** As {@link #show}, for a number that only goes up. */
    public void count(Metric metric, LongSupplier number, String... labels) {
        shelf.counter(metric, number, labels);
    }

    /** Shows this kind of child from now on, launched or not. */
    public void expect(ChildKind kind) {
        of(kind);
    }

    /** The value of the label {@code kind}. */
    public static String label(ChildKind kind) {
        return kind.childName();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private OfKind of(ChildKind kind) {
        return kinds.computeIfAbsent(kind, this::create);
    }

    private OfKind create(ChildKind kind) {
        shelf.counter(Metric.LAUNCH_FAILURES, label(kind), "EAGAIN");
        shelf.counter(Metric.EXITS, label(kind), "exit", "0");
        shelf.counter(Metric.EXITS, label(kind), "signal", "SIGKILL");
        return new OfKind(shelf.counter(Metric.LAUNCHES, label(kind)), new EnumMap<>(StartStage.class));
    }
}
