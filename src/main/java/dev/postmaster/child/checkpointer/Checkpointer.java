package dev.postmaster.child.checkpointer;

import dev.postmaster.child.ChildContext;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.shmem.CheckpointFlag;
import dev.postmaster.shmem.CheckpointRequests;
import dev.postmaster.shmem.RecoveryPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the checkpointer does when it is awake. */
final class Checkpointer implements AutoCloseable {
    /** How long a backend has to drop a database, once the checkpointer has closed it. */
    private static final Duration LET_GO = Duration.ofSeconds(1);

    private final ChildContext context;
    private final CheckpointRequests requests;
    private final OpenDatabases databases;
    private Settings settings;
    private long lastNanos = System.nanoTime();
    private long letGoNanos = lastNanos - LET_GO.toNanos();

    Checkpointer(ChildContext context, CheckpointRequests requests) {
        this.context = context;
        this.requests = requests;
        this.databases = new OpenDatabases(context.layout().base(), context.log());
        this.settings = context.settings();
    }

    void reload() {
        settings = context.reload(settings);
    }

    /** Does a checkpoint if one is due; how long to sleep afterwards. Touches nothing before recovery is over. */
    Duration turn() {
        CheckpointSchedule schedule =
                new CheckpointSchedule(settings.get(Guc.CHECKPOINT_TIMEOUT), settings.get(Guc.MAX_WAL_SIZE));
        if (!recoveryIsOver()) {
            return CheckpointSchedule.MEASURE_INTERVAL;
        }
        Duration away = LET_GO.minusNanos(System.nanoTime() - letGoNanos);
        if (away.isPositive()) {
            return away;
        }
        databases.refresh();
        Set<CheckpointFlag> due = schedule.due(requests.pending(), sinceLast(), databases.logSizes());
        if (!due.isEmpty()) {
            checkpoint(due);
        }
        return schedule.sleep(sinceLast());
    }

    /** The last checkpoint, when all sessions are gone. A recovery that was not finished is left to be done again. */
    void shutDown() {
        if (!recoveryIsOver()) {
            return;
        }
        context.log().log("shutting down");
        writeControlFile(control -> control.withState(ClusterState.SHUTTING_DOWN, Instant.now()));
        databases.refresh();
        checkpoint(EnumSet.of(CheckpointFlag.SHUTDOWN, CheckpointFlag.IMMEDIATE));
        writeControlFile(control -> control.withState(ClusterState.SHUT_DOWN, Instant.now()));
    }

    private boolean recoveryIsOver() {
        return context.shared().segment().recovery().phase() == RecoveryPhase.FINISHED;
    }

    private Duration sinceLast() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }

    /** Also serves whatever was requested in the meantime; the requesters learn of a failure too. */
    private void checkpoint(Set<CheckpointFlag> due) {
        lastNanos = System.nanoTime();
        Set<CheckpointFlag> flags = EnumSet.copyOf(due);
        flags.addAll(requests.begin());
        boolean succeeded = false;
        try {
            logIfWanted("checkpoint starting:" + words(flags));
            Checkpoint done = databases.checkpoint();
            writeControlFile(control -> control.withCheckpoint(Instant.now()));
            logIfWanted("checkpoint complete: " + done.summary(System.nanoTime() - lastNanos));
            if (flags.contains(CheckpointFlag.LET_GO)) {
                databases.close();
                letGoNanos = System.nanoTime();
            }
            succeeded = true;
        } finally {
            requests.end(succeeded);
        }
    }

    private void writeControlFile(UnaryOperator<ControlData> change) {
        ControlData control = ControlFile.read(context.layout());
        ControlFile.write(context.layout(), change.apply(control), context.modes());
    }

    private void logIfWanted(String message) {
        if (settings.get(Guc.LOG_CHECKPOINTS)) {
            context.log().log(message);
        }
    }

    private static String words(Set<CheckpointFlag> flags) {
        StringBuilder words = new StringBuilder();
        for (CheckpointFlag flag : flags) {
            words.append(' ').append(flag.word());
        }
        return words.toString();
    }

    @Override
    public void close() {
        databases.close();
    }
}
