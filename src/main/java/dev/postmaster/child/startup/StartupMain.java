package dev.postmaster.child.startup;

import dev.postmaster.child.ChildContext;
import dev.postmaster.child.ChildMain;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.core.Sig;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.RecoveryPhase;
import dev.postmaster.shmem.RecoveryProgress;
import dev.postmaster.store.Databases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Runs once at each start and each reinitialisation. The control file says how the cluster was left; after a clean
 * shutdown there is nothing to do but to open every database, otherwise SQLite recovers the log of each and each is
 * checked. Exit 0 lets the postmaster accept clients (PM-13); exit 1 after damage (XX001) makes the whole server give up
 * (SG-35); exit 1 after SIGTERM is how a shutdown during recovery looks (SG-20). It comes at once, in the middle of
 * the check of a large database too: the next start recovers what this one left, as after a crash.
 */
public final class StartupMain implements ChildMain {
    private static final int READY = 0;
    private static final int TOLD_TO_LEAVE = 1;

    @Override
    public int run(ChildContext context) {
        context.signals().toExit(Sig.TERM, TOLD_TO_LEAVE).unblock();
        context.ready();
        RecoveryProgress progress = context.shared().segment().recovery();
        progress.enter(RecoveryPhase.DECIDING, 0);
        ControlData control = ControlFile.read(context.layout());
        boolean clean = LastEnd.report(control, context.log());
        if (!clean) {
            beginRecovery(context, control);
        }
        Leftovers.remove(context.layout().base(), context.log());
        openAll(context, progress, clean);
        ControlData now = ControlFile.read(context.layout());
        write(context, now.withState(ClusterState.IN_PRODUCTION, Instant.now()));
        progress.enter(RecoveryPhase.FINISHED, 0);
        return READY;
    }

    /** From here on another crash is known to be one during recovery, and the old crash is over (PM-11). */
    private static void beginRecovery(ChildContext context, ControlData control) {
        context.log().log("database system was not properly shut down; automatic recovery in progress");
        write(context, control.withState(ClusterState.IN_CRASH_RECOVERY, Instant.now()));
        context.shared().postmaster().send(PmSignal.RECOVERY_STARTED);
    }

    private static void openAll(ChildContext context, RecoveryProgress progress, boolean clean) {
        List<Path> databases = Databases.list(context.layout().base());
        progress.enter(RecoveryPhase.RECOVERING, databases.size());
        for (Path database : databases) {
            DatabaseCheck.open(database, !clean);
            progress.databaseDone();
        }
    }

    private static void write(ChildContext context, ControlData control) {
        ControlFile.write(context.layout(), control, context.modes());
    }
}
