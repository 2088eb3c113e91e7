package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.core.BackendRole;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmEvent;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.PmSignalFlags;
import dev.postmaster.shmem.SlotState;
import java.io.File;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns the flags that children raise into events, in PostgreSQL's order (process_pm_pmsignal; SG-27). A flag is taken
 * down before it is acted on, also when its guard will fail: the core decides that.
 */
@OnLoop
final class PmSignalDesk {
    private final Segment segment;
    private final ChildRegistry registry;
    private final Consumer<PmEvent> events;
    private final File rotateFile;
    private final File promoteFile;

    /** @param events handles each at once: what comes after it may depend on it, the end of a child among it */
    PmSignalDesk(Segment segment, ChildRegistry registry, ClusterLayout layout, Consumer<PmEvent> events) {
        this.rotateFile = layout.logrotateRequest().toFile();
        this.promoteFile = layout.promoteRequest().toFile();
        this.segment = segment;
        this.registry = registry;
        this.events = events;
    }

    void examine() {
        PmSignalFlags flags = segment.shared().pmSignals();
        take(flags, PmSignal.RECOVERY_STARTED, new PmEvent.RecoveryStarted());
        take(flags, PmSignal.BEGIN_HOT_STANDBY, new PmEvent.BeginHotStandby());
        take(flags, PmSignal.BACKGROUND_WORKER_CHANGE, new PmEvent.WorkersChanged());
        boolean rotationWanted = flags.testAndClear(PmSignal.ROTATE_LOGFILE);
        if ((registry.count(ChildKind.SYSLOGGER) > 0 && rotateFile.delete()) || rotationWanted) {
            events.accept(new PmEvent.RotateLogfile());
        }
        take(flags, PmSignal.START_AUTOVAC_LAUNCHER, new PmEvent.StartAutovacLauncher());
        take(flags, PmSignal.START_AUTOVAC_WORKER, new PmEvent.StartAutovacWorker());
        take(flags, PmSignal.START_WALRECEIVER, new PmEvent.StartWalReceiver());
        // After the others, because they may change what it sees (SG-28).
        if (flags.testAndClear(PmSignal.ADVANCE_STATE_MACHINE)) {
            findWalSenders();
        }
        // The file stays: the startup process deletes it (SG-29).
        if (promoteFile.exists()) {
            events.accept(new PmEvent.PromoteRequested());
        }
    }

    /** The flag stands for any number of new walsenders, and a child gone mad may raise it for none. */
    private void findWalSenders() {
        for (Child backend : registry.ofKinds(Set.of(ChildKind.BACKEND))) {
            boolean says = registry.slotOf(backend).state() == SlotState.WALSENDER;
            if (says && registry.roleOf(backend.pid()) == BackendRole.SESSION) {
                registry.noteRole(backend.pid(), BackendRole.WAL_SENDER);
                events.accept(new PmEvent.WalSenderAppeared());
            }
        }
    }

    private void take(PmSignalFlags flags, PmSignal signal, PmEvent event) {
        if (flags.testAndClear(signal)) {
            events.accept(event);
        }
    }
}
