package dev.postmaster.server;

import dev.postmaster.cluster.Attachment;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.DataDirectory;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.Kinship;
import dev.postmaster.cluster.LockClaim;
import dev.postmaster.cluster.LockFile;
import dev.postmaster.cluster.LockFileTaker;
import dev.postmaster.cluster.PmStatus;
import dev.postmaster.cluster.StatusFile;
import dev.postmaster.config.ClusterKind;
import dev.postmaster.config.Guc;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.ChildProgram;
import dev.postmaster.launch.Installation;
import dev.postmaster.launch.JvmSignals;
import dev.postmaster.launch.MemfdCarrier;
import dev.postmaster.launch.TempFileCarrier;
import dev.postmaster.launch.TempFileSweep;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Signals;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What PostmasterMain does before ServerLoop, in its order (PM-1, steps 6 to 19). It runs before Quarkus is there, so that
 * a second postmaster is refused at once, and before any port of its own is bound.
 */
final class StartSequence {
    /** Children of a postmaster that was killed leave within a second; somebody may be restarting us at once. */
    private static final Duration PATIENCE_WITH_OLD_CHILDREN = Duration.ofSeconds(5);

    /** Names the postmaster to all its descendants. */
    private static final String LINEAGE = "POSTMASTER_LINEAGE";

    private final Os os;
    private final Map<String, String> environment;
    private final Instant startedAt;
    private final ProcessLog log;
    private final ExitCallbacks onExit;
    private final Console console;

    /** How the postmaster makes itself heard. */
    record Voice(ProcessLog log, Console console) {}

    StartSequence(Os os, Map<String, String> environment, Instant startedAt, Voice voice, ExitCallbacks onExit) {
        this.os = os;
        this.environment = environment;
        this.startedAt = startedAt;
        this.log = voice.log();
        this.console = voice.console();
        this.onExit = onExit;
    }

    /**
     * @throws ReportException FATAL with the step that failed
     * @throws ClusterMissingException if there is no cluster in the data directory
     */
    Foundation run(SettingSources sources, Settings settings, Set<ChildKind> launchable)
            throws ClusterMissingException {
        Installation installation = Installation.find();
        Function<Map<String, String>, ChildProgram> children =
                installation.children(settings.get(Guc.CHILD_JAVA_OPTIONS));
        Premises premises = moveIn(settings);
        ClusterLayout layout = premises.layout();
        TlsOffer tls =
                TlsOffer.open(settings, layout.dataDirectory(), os.thisProcess().effectiveUserId());
        Foundation.Kernel kernel = kernel();
        var segment = new Segment(os.memfds(), SettingsMapper.segment(settings), kernel.pid());
        new TempFileSweep(layout.dataDirectory(), log).sweep();
        var traces = new Traces(layout, log);
        traces.removeOldRequests();
        log.log("starting " + Version.TEXT);
        if (!settings.get(Guc.CORE_FILES)) {
            os.thisProcess().forbidCoreFile();
        }
        Sockets sockets = listen(premises.locks(), settings);
        introduce(premises.lockFile(), sockets, segment);
        new AccessRules(layout.dataDirectory(), log).load(settings);
        traces.recordOptions(premises.modes());
        traces.writeExternalPidFile(settings.get(Guc.EXTERNAL_PID_FILE), kernel.pid())
                .ifPresent(file -> onExit.add(file::close));
        premises.lockFile().status(PmStatus.STARTING);
        return new Foundation(
                new Foundation.Configuration(layout, sources, settings, startedAt),
                kernel,
                new Foundation.Nursery(
                        installation.home(),
                        launchable,
                        LINEAGE + "=" + lineage(kernel.pid()),
                        launcher(children, layout, kernel)),
                premises.lockFile(),
                sockets.tcp(),
                sockets.unix(),
                segment,
                log,
                collector(layout, settings),
                programOutput(),
                tls);
    }

    /** The data directory, which is ours alone from here on. */
    private record Premises(ClusterLayout layout, FileModes modes, LockFileTaker locks, LockFile lockFile) {}

    /** Where clients come in. */
    private record Sockets(ListenSockets tcp, UnixSockets unix) {}

    private Premises moveIn(Settings settings) throws ClusterMissingException {
        var layout = new ClusterLayout(Path.of(settings.get(Guc.DATA_DIRECTORY)));
        FileModes modes = hasCluster(settings) ? enter(layout) : enterPlain(layout);
        var claim = new LockClaim(layout.dataDirectory(), startedAt, settings.get(Guc.PORT));
        var locks = new LockFileTaker(kinship(), claim, modes, log);
        LockFile lockFile = locks.takeCluster(layout);
        onExit.add(lockFile::close);
        onExit.add(() -> StatusFile.delete(layout));
        if (hasCluster(settings)) {
            ControlFile.read(layout);
        }
        Attachment attachment = Attachment.claim(layout, modes, PATIENCE_WITH_OLD_CHILDREN);
        onExit.add(attachment::close);
        return new Premises(layout, modes, locks, lockFile);
    }

    private static boolean hasCluster(Settings settings) {
        return settings.get(Guc.CLUSTER) != ClusterKind.NONE;
    }

    private Foundation.Kernel kernel() {
        return new Foundation.Kernel(
                os,
                os.thisProcess().pid(),
                os.signalFds().open(JvmSignals.OF_POSTMASTER),
                os.fds().pipe(),
                os.fds().openNull());
    }

    private Sockets listen(LockFileTaker locks, Settings settings) {
        var tcp = new ListenSockets(os.listeners(), settings.get(Guc.PORT), log);
        var unix = new UnixSockets(os.listeners(), locks, settings, log);
        onExit.add(unix::close);
        if (hasCluster(settings) || !settings.get(Guc.BACKEND_COMMAND).isEmpty()) {
            open(tcp, unix, settings);
        }
        ManagementPort.of(settings).check(os.listeners());
        return new Sockets(tcp, unix);
    }

    /** Writes down for others where and how we run. */
    private static void introduce(LockFile lockFile, Sockets sockets, Segment segment) {
        lockFile.sharedMemory(0, segment.memfd().number());
        sockets.unix().firstDirectory().ifPresent(lockFile::socketDirectory);
        lockFile.listenAddress(sockets.tcp().firstAddress().orElse(""));
    }

    private ProgramOutput programOutput() {
        var programs = new ProgramOutput(os, log, standardError());
        onExit.add(programs::end);
        return programs;
    }

    /** Wherever it leads in the course of time; lent, not owned. */
    private static Fd standardError() {
        return Fd.lent(2);
    }

    /** With its first files open: if that is not possible, nobody shall start and log into the void (PM-1, step 14). */
    private @Nullable LogCollector collector(ClusterLayout layout, Settings settings) {
        if (!settings.get(Guc.LOGGING_COLLECTOR)) {
            return null;
        }
        var files = new FirstLogFiles(os.fds(), layout.dataDirectory());
        var collector = new LogCollector(os, files, log, console);
        collector.prepare(settings);
        return collector;
    }

    private ChildLauncher launcher(
            Function<Map<String, String>, ChildProgram> children, ClusterLayout layout, Foundation.Kernel kernel) {
        var carrier = new MemfdCarrier(os.memfds(), new TempFileCarrier(layout.dataDirectory(), kernel.pid(), log));
        var inherited = new HashMap<>(environment);
        inherited.put(LINEAGE, lineage(kernel.pid()));
        return new ChildLauncher(os.launcher(), children.apply(inherited), carrier, kernel.nullDevice());
    }

    /** The time as well, because a pid comes again, and in a container it is always the same. */
    private String lineage(int pid) {
        return pid + "." + Times.micros(startedAt);
    }

    /** Checks the data directory and makes it the working directory, with the file modes it asks for. */
    private FileModes enter(ClusterLayout layout) throws ClusterMissingException {
        ClusterMissingException.checkDataDirectory(layout);
        FileModes modes = DataDirectory.check(layout, os.thisProcess().effectiveUserId());
        os.thisProcess().setMask(modes.umask());
        ClusterMissingException.checkControlFile(layout);
        os.thisProcess().changeDirectory(layout.dataDirectory());
        return modes;
    }

    /** The same without a cluster: any directory will do that is ours alone. */
    private FileModes enterPlain(ClusterLayout layout) throws ClusterMissingException {
        ClusterMissingException.checkPlainDirectory(layout);
        FileModes modes = DataDirectory.checkDirectory(layout, os.thisProcess().effectiveUserId());
        os.thisProcess().setMask(modes.umask());
        try {
            Files.createDirectories(layout.attachFile().getParent());
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.FATAL, "could not create directory \"global\"", e), e);
        }
        os.thisProcess().changeDirectory(layout.dataDirectory());
        return modes;
    }

    private Kinship kinship() {
        String grandparent = environment.getOrDefault("PG_GRANDPARENT_PID", "");
        return new Kinship(
                os.thisProcess().pid(),
                os.thisProcess().parentPid(),
                grandparent.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(grandparent)) : OptionalInt.empty(),
                pid -> os.signals().probe(pid) == Signals.Presence.PRESENT);
    }

    private static void open(ListenSockets tcp, UnixSockets unix, Settings settings) {
        tcp.open(settings.get(Guc.LISTEN_ADDRESSES));
        unix.open(settings.get(Guc.UNIX_SOCKET_DIRECTORIES), ListenSockets.BACKLOG);
        if (tcp.sockets().isEmpty() && unix.sockets().isEmpty()) {
            throw new ReportException(Report.of(Severity.FATAL, "no socket created for listening"));
        }
    }
}
