package dev.postmaster.metrics;

import java.time.Duration;
import java.util.List;

/**
 * Every metric, one row each: what it is called, what it means, which labels it has. Names are Micrometer's; Prometheus
 * gets them with {@code _} for the dots, {@code _total} behind a counter and {@code _seconds} behind a time.
 */
public enum Metric {
    CHILDREN(
            Type.GAUGE,
            "postmaster.children",
            "Living children, by what their slot in shared memory says",
            "kind",
            "state"),
    SLOTS(Type.GAUGE, "postmaster.slots", "How many children of a kind there can be at once", "pool"),
    SLOTS_USED(Type.GAUGE, "postmaster.slots.used", "Slots that have a child", "pool"),
    CLIENTS_WAITING(Type.GAUGE, "postmaster.clients.waiting", "Clients that are connected and have no process yet"),
    STATE(Type.GAUGE, "postmaster.state", "1 for the phase the postmaster is in, 0 for the others", "state"),
    STATE_AGE(Type.SECONDS, "postmaster.state.age", "Time since the phase was entered"),
    HEARTBEAT_AGE(
            Type.SECONDS,
            "postmaster.heartbeat.age",
            "Time since the loop was last seen at work; it beats once a second"),
    SPARES(Type.GAUGE, "postmaster.spares", "Backends that have no client yet", "state"),

    LAUNCHES(Type.COUNTER, "postmaster.launches", "Launches that were tried, whether there was a child or not", "kind"),
    LAUNCH_FAILURES(Type.COUNTER, "postmaster.launch.failures", "Launches that were refused", "kind", "errno"),
    LAUNCH(Type.HISTOGRAM, "postmaster.launch", "What the launch of a child costs the loop", "kind"),
    CHILD_START(Type.TIMER, "postmaster.child.start", "What a child needs until it does its work", "kind", "stage"),
    EXITS(Type.COUNTER, "postmaster.exits", "Children that ended", "kind", "cause", "code"),
    CRASH_CYCLES(Type.COUNTER, "postmaster.crash.cycles", "Crashes after which everybody was ended and started anew"),
    ORPHANS_REAPED(Type.COUNTER, "postmaster.orphans.reaped", "Dead processes of somebody else that were left to us"),

    CONNECTIONS_ACCEPTED(
            Type.COUNTER, "postmaster.connections.accepted", "Connections taken from the listening sockets"),
    CONNECTIONS_ADMITTED(Type.COUNTER, "postmaster.connections.admitted", "Connections that were given a process"),
    CONNECTIONS_REFUSED(Type.COUNTER, "postmaster.connections.refused", "Connections that were sent away", "reason"),
    CONNECTIONS_ABANDONED(
            Type.COUNTER, "postmaster.connections.abandoned", "Connections whose client left before it had a process"),
    CANCEL_REQUESTS(Type.COUNTER, "postmaster.cancel.requests", "Connections that only asked to cancel a statement"),
    HANDOVER(
            Type.HISTOGRAM,
            "postmaster.handover",
            "From a client's last word at the desk until a process has its socket",
            "by"),
    BACKEND_SESSIONS(Type.SUMMARY, "postmaster.backend.sessions", "Sessions that a backend served in its life"),

    LOOP_DELAY(Type.HISTOGRAM, "postmaster.loop.delay", "How late the loop does what is due"),
    LOG_RECORDS(
            Type.COUNTER, "postmaster.log.records", "Log records that were passed to the console or another handler"),
    LOG_RECORDS_DROPPED(Type.COUNTER, "postmaster.log.records.dropped", "Log records that did not get there", "reason"),
    CHECKPOINTS(Type.COUNTER, "postmaster.checkpoints", "Checkpoints that ended", "result");

    /** What is exported of it. */
    enum Type {
        /** A number that goes up and down. */
        GAUGE,
        /** A gauge in seconds. */
        SECONDS,
        /** A number that only goes up. */
        COUNTER,
        /** Sum, count and maximum of times. */
        TIMER,
        /** The same with buckets, for percentiles. */
        HISTOGRAM,
        /** Sum, count and maximum of numbers. */
        SUMMARY
    }

    /** From a launch on an idle machine, a millisecond, to a loop that is stuck. */
    static final List<Duration> BUCKETS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    private final Type type;
    private final String meter;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes immutable ones
    private final List<String> labels;

    Metric(Type type, String meter, String description, String... labels) {
        this.type = type;
        this.meter = meter;
        this.description = description;
        this.labels = List.of(labels);
    }

    Type type() {
        return type;
    }

    /** Micrometer's name for it. */
    String meter() {
        return meter;
    }

    String description() {
        return description;
    }

    /** The names of its labels, in the order in which values are given. */
    List<String> labels() {
        return labels;
    }
}
