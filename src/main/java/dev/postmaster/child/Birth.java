package dev.postmaster.child;

import dev.postmaster.cluster.Attachment;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.DataDirectory;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.config.ClusterKind;
import dev.postmaster.config.Guc;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.ChildDescriptors;
import dev.postmaster.launch.CommonParameters;
import dev.postmaster.launch.ParameterBlock;
import dev.postmaster.launch.ParameterSource;
import dev.postmaster.launch.ParameterSourceException;
import dev.postmaster.launch.UserCheck;
import dev.postmaster.logpipe.ChunkWriter;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.OsException;
import dev.postmaster.os.SignalSet;
import dev.postmaster.os.ThisProcess;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SegmentIdentity;
import dev.postmaster.shmem.SharedSegment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the context of a child out of what it inherited: steps 2 to 8 of {@link ChildBoot}. */
final class Birth {
    private final Os os;
    private final ThisProcess self;
    private final ProcessLog log;
    private final Ending ending;

    Birth(Os os, ProcessLog log, Ending ending) {
        this.os = os;
        this.self = os.thisProcess();
        this.log = log;
        this.ending = ending;
    }

    ChildContext of(Invocation invocation) throws StandardErrorExit {
        ChildKind kind = invocation.kind();
        self.setName(kind.childName());
        ParameterBlock block = parameters(invocation);
        Settings settings =
                Settings.ofNonDefaults(block.common().configuration().settings());
        useLog(kind, settings, block.common().logging());
        checkUser(settings);
        FileModes modes = enterDataDirectory(kind, block, settings);
        int postmaster = block.common().postmaster().pid();
        ParentWatch parent = kind.outlivesPostmaster() ? aliveWatch() : watchParent(postmaster);
        ChildSignals signals = signals(kind, parent, postmaster);
        SharedMemory shared = kind.attachesSharedMemory() ? attach(kind, block, postmaster) : null;
        return new ChildContext(kind, block, settings, modes, log, signals, parent, shared);
    }

    private ParameterBlock parameters(Invocation invocation) throws StandardErrorExit {
        try {
            return new ParameterSource(os.fds(), os.rawIo()).take(invocation.kind(), invocation.parameters());
        } catch (ParameterSourceException e) {
            throw new StandardErrorExit(e.getMessage() + "\n");
        }
    }

    /** From here on standard error speaks the protocol if it is the log pipe; what was said before did not (CH-40). */
    private void useLog(ChildKind kind, Settings settings, CommonParameters.Logging logging) {
        log.source(LogSource.of(self.pid(), kind.backendType(), Instant.now()));
        log.format(LogSettings.format(settings));
        if (logging.redirectionDone() && !kind.outlivesPostmaster()) {
            log.collectTo(new ChunkWriter(new FileOutputStream(FileDescriptor.err), self.pid()));
        }
    }

    private void checkUser(Settings settings) throws StandardErrorExit {
        Optional<String> refusal = UserCheck.refusal(
                "postmaster", settings.get(Guc.ALLOW_ROOT), self.realUserId(), self.effectiveUserId());
        if (refusal.isPresent()) {
            throw new StandardErrorExit(refusal.get());
        }
    }

    /** Joining comes before the look at the postmaster: see {@link Attachment}, which the end of the process undoes. */
    private FileModes enterDataDirectory(ChildKind kind, ParameterBlock block, Settings settings) {
        ClusterLayout layout = new ClusterLayout(Path.of(block.common().paths().dataDirectory()));
        FileModes modes = settings.get(Guc.CLUSTER) == ClusterKind.NONE
                ? DataDirectory.checkDirectory(layout, self.effectiveUserId())
                : DataDirectory.check(layout, self.effectiveUserId());
        self.setMask(modes.umask());
        if (kind.attachesSharedMemory()) {
            Attachment.join(layout);
        }
        return modes;
    }

    private ParentWatch watchParent(int postmaster) {
        try {
            self.setParentDeathSignal(Sig.PWR);
        } catch (OsException e) {
            throw fatal("could not request parent death signal: " + e.errno().message());
        }
        ParentWatch watch = aliveWatch();
        if (self.parentPid() != postmaster || !watch.postmasterIsAlive()) {
            watch.postmasterDied();
        }
        watch.start();
        return watch;
    }

    private ParentWatch aliveWatch() {
        Fd alive = os.fds().adopt(ChildDescriptors.POSTMASTER_ALIVE);
        try {
            os.fds().setCloseOnExec(alive, true);
        } catch (OsException e) {
            throw fatal("could not set postmaster death monitoring pipe to FD_CLOEXEC mode: "
                    + e.errno().message());
        }
        return new ParentWatch(os.rawIo(), alive, ending);
    }

    private ChildSignals signals(ChildKind kind, ParentWatch parent, int postmaster) {
        SignalSet read = kind.servesClient()
                ? SignalSet.of(Sig.HUP, Sig.INT, Sig.TERM, Sig.USR1, Sig.USR2, Sig.PWR, Sig.QUIT)
                : SignalSet.of(Sig.HUP, Sig.INT, Sig.TERM, Sig.USR1, Sig.USR2, Sig.PWR);
        ChildSignals signals = new ChildSignals(os.signalFds().open(read), ending);
        if (kind.outlivesPostmaster()) {
            return signals;
        }
        // The kernel sends it also when only the thread ended that launched this child (N-2).
        return signals.on(Sig.PWR, () -> {
            if (self.parentPid() != postmaster) {
                parent.postmasterDied();
            }
        });
    }

    /** A child that serves a client touches nothing before it knows the client (CH-38), and takes its slot then. */
    private SharedMemory attach(ChildKind kind, ParameterBlock block, int postmaster) {
        SharedSegment segment = segment(block.own().segment());
        ChildSlot slot = segment.slot(block.own().slot());
        if (!kind.servesClient()) {
            slot.activate(self.pid());
        }
        PostmasterChannel channel =
                new PostmasterChannel(segment.pmSignals(), () -> os.signals().sendToParent(postmaster, Sig.USR1));
        return new SharedMemory(segment, slot, channel);
    }

    private SharedSegment segment(@Nullable SegmentIdentity identity) {
        if (identity == null) {
            throw fatal("could not reattach to shared memory: none was given");
        }
        // The mapping stays when the descriptor is closed.
        try (Fd inherited = os.fds().adopt(ChildDescriptors.SHARED_SEGMENT)) {
            return SharedSegment.attach(inherited.number(), identity);
        } catch (SegmentException | OsException e) {
            throw fatal("could not reattach to shared memory (generation=" + identity.generation() + "): "
                    + e.getMessage());
        }
    }

    private static ReportException fatal(String message) {
        return new ReportException(Report.of(Severity.FATAL, message));
    }
}
