package dev.postmaster.server;

import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmSettings;
import dev.postmaster.core.PmState;
import dev.postmaster.metrics.Meters;
import dev.postmaster.metrics.Metric;
import dev.postmaster.shmem.PoolSizes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What the postmaster shows of itself. The loop leaves a headcount here once a heartbeat and the rest on the status board;
 * whoever asks for metrics reads these, and never the loop's own books.
 */
final class Instruments {
    private final Meters meters;
    private final StatusBoard board;
    private final Foundation foundation;
    private final Births births;
    private final CheckpointCount checkpoints;
    private volatile Headcount headcount = Headcount.NOBODY;

    Instruments(Meters meters, StatusBoard board, Foundation foundation) {
        this.meters = meters;
        this.board = board;
        this.foundation = foundation;
        this.births = new Births(meters);
        this.checkpoints = new CheckpointCount(meters);
        showPhase();
        showChildren();
        showLog();
        meters.show(Metric.CLIENTS_WAITING, () -> board.snapshot().waiting());
        meters.count(Metric.ORPHANS_REAPED, () -> board.snapshot().orphans());
    }

    /** Whom to tell of launches and ends. */
    Births births() {
        return births;
    }

    /** Hears of every event that was handled. */
    @OnLoop
    void note(PmEvent event, Pm before, Pm after) {
        if (event instanceof PmEvent.ChildExited exit) {
            meters.exited(exit.kind(), exit.status());
        }
        boolean again = !before.state().isStopping() && after.state().isStopping();
        if (after.fatalError() && (!before.fatalError() || again)) {
            meters.crashed();
        }
    }

    /** Looks at what nobody tells. */
    @OnLoop
    void beat(ChildRegistry registry) {
        headcount = Headcount.of(registry);
        births.look();
        checkpoints.look(foundation.segment().shared());
    }

    private void showPhase() {
        for (PmState state : PmState.values()) {
            meters.show(Metric.STATE, () -> board.snapshot().state() == state ? 1 : 0, state.pgName());
        }
        meters.show(Metric.STATE_AGE, () -> secondsSince(board.snapshot().since()));
        meters.show(Metric.HEARTBEAT_AGE, () -> secondsSince(board.snapshot().heartbeat()));
    }

    private void showChildren() {
        Settings settings = foundation.configuration().settings();
        PmSettings rules = SettingsMapper.rules(settings, foundation.nursery().launchable());
        PoolSizes slots = SettingsMapper.pools(settings);
        for (ChildKind kind : rules.launchable()) {
            String label = Meters.label(kind);
            meters.expect(kind);
            int limit = kind == ChildKind.BACKEND ? rules.backendSlots() : slots.of(kind);
            meters.show(Metric.SLOTS, () -> limit, label);
            meters.show(Metric.SLOTS_USED, () -> used(kind), label);
            for (Headcount.Standing standing : Headcount.Standing.values()) {
                String state = standing.name().toLowerCase(Locale.ROOT);
                meters.show(Metric.CHILDREN, () -> headcount.count(kind, standing), label, state);
            }
        }
    }

    /** A backend without a client takes nobody's place. */
    private int used(ChildKind kind) {
        return kind == ChildKind.BACKEND ? board.snapshot().sessions() : headcount.count(kind);
    }

    private void showLog() {
        LogCollector collector = foundation.collector();
        meters.count(Metric.LOG_RECORDS, () -> collector == null ? 0 : collector.published());
        meters.count(Metric.LOG_RECORDS_DROPPED, () -> collector == null ? 0 : collector.dropped(), "slow_console");
    }

    private static double secondsSince(Instant then) {
        return Math.max(0, Duration.between(then, Instant.now()).toMillis()) / 1_000.0;
    }
}
