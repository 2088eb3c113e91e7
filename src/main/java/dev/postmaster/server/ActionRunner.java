package dev.postmaster.server;

import dev.postmaster.cluster.LockFile;
import dev.postmaster.cluster.PmStatus;
import dev.postmaster.config.WorkerSettings;
import dev.postmaster.core.BackendRole;
import dev.postmaster.core.CacState;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.PmEvent;
import dev.postmaster.launch.LogDescriptors;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.QuitReason;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Carries out what the core decided, one action at a time, and decides nothing. */
@OnLoop
final class ActionRunner implements Consumer<PmAction> {
    private final Consumer<PmEvent> loop;
    private final ChildStarter starter;
    private final Backends backends;
    private final SignalSender signals;
    private final ClientDesk desk;
    private final Doors doors;
    private final Timers timers;
    private final Configurator configurator;
    private final ServiceManager serviceManager;
    private final Foundation foundation;
    private final Descendants descendants;
    private final WorkerOffice workers;
    private final Segment segment;
    private final LockFile lockFile;
    private final Log log;
    private final IntConsumer exit;
    private Optional<String> lastWords = Optional.empty();

    /** @param exit ends the process with a status */
    ActionRunner(Consumer<PmEvent> loop, Staff staff, Foundation foundation, IntConsumer exit) {
        this.loop = loop;
        this.starter = staff.starter();
        this.backends = staff.backends();
        this.signals = staff.signals();
        this.desk = staff.desk();
        this.doors = staff.doors();
        this.timers = staff.timers();
        this.configurator = staff.configurator();
        this.serviceManager = staff.serviceManager();
        this.foundation = foundation;
        this.descendants = staff.descendants();
        this.workers = staff.workers();
        this.segment = foundation.segment();
        this.lockFile = foundation.lockFile();
        this.log = foundation.log();
        this.exit = exit;
    }

    /** Those who look after backends. */
    record Backends(BackendStarter starter, SpareDesk spares) {}

    /** Those who do the work. */
    record Staff(
            ChildStarter starter,
            Backends backends,
            SignalSender signals,
            ClientDesk desk,
            Doors doors,
            Timers timers,
            Configurator configurator,
            ServiceManager serviceManager,
            Descendants descendants,
            WorkerOffice workers) {}

    /** The statement in which the child died whose exit is handled next. */
    void lastWords(Optional<String> statement) {
        lastWords = statement;
    }

    @Override
    public void accept(PmAction action) {
        switch (action) {
            case PmAction.Launch(ChildKind kind) -> launch(kind);
            case PmAction.LaunchBackend(long client) -> launchBackend(client);
            case PmAction.LaunchSpare() -> launchSpare();
            case PmAction.HandOver(long client, BackendRole spare) -> handOver(client, spare);
            case PmAction.Keep(int pid) -> backends.spares().keep(new Pid(pid));
            case PmAction.Dismiss(int pid) -> backends.spares().dismiss(new Pid(pid));
            case PmAction.DismissSpares(int count) -> backends.spares().dismiss(count);
            case PmAction.LaunchWorker(int worker) -> launchWorker(worker);
            case PmAction.RefuseWorker(int worker) -> workers.desk().refuse(worker);
            case PmAction.Refuse(long client, CacState reason) -> desk.refuse(client, reason);
            case PmAction.Signal order -> signals.send(order);
            case PmAction.SetQuitReason(var reason) -> segment.shared().quitReason(quitReason(reason));
            case PmAction.Say(String message) -> log.log(message);
            case PmAction.ReportExit exited -> reportExit(exited);
            case PmAction.WriteStatus(var status) -> lockFile.status(pmStatus(status));
            case PmAction.NotifyReady() -> serviceManager.ready();
            case PmAction.NotifyStopping() -> serviceManager.stopping();
            case PmAction.StartKillTimer() -> timers.set(new PmEvent.KillTimerExpired(), Timers.KILL);
            case PmAction.StopKillTimer() -> timers.cancel(new PmEvent.KillTimerExpired());
            case PmAction.StartShutdownTimer(var mode, var delay) ->
                timers.set(new PmEvent.ShutdownTimedOut(mode), delay);
            case PmAction.StartArchiverTimer() -> timers.set(new PmEvent.ArchiverRetryDue(), Timers.ARCHIVER);
            case PmAction.RelaunchLater(var kind, var delay) -> timers.set(new PmEvent.RelaunchDue(kind), delay);
            case PmAction.ForgetSetbacksLater(var kind, var delay) ->
                timers.set(new PmEvent.SetbacksForgotten(kind), delay);
            case PmAction.ForgetCrashesLater(var delay) -> timers.set(new PmEvent.CrashesForgotten(), delay);
            case PmAction.StopAccepting() -> doors.shut();
            case PmAction.ResumeAccepting() -> doors.reopen();
            case PmAction.Reload() -> reload();
            case PmAction.EndDescendants() -> descendants.end();
            case PmAction.Reinitialize() -> reinitialize();
            case PmAction.Exit(int status) -> exit.accept(status);
        }
    }

    private void launch(ChildKind kind) {
        boolean started = kind == ChildKind.SYSLOGGER ? launchSysLogger() : starter.start(kind);
        if (!started) {
            launchFailed(kind);
        }
    }

    /** It is told when its first file was opened, and all others that standard error is the log pipe from then on. */
    private boolean launchSysLogger() {
        LogCollector collector = Objects.requireNonNull(foundation.collector(), "collector");
        LogDescriptors descriptors = collector.prepare(configurator.settings());
        configurator.layGround();
        boolean started = starter.startSysLogger(descriptors);
        if (started) {
            collector.launched(configurator.settings());
            configurator.layGround();
        }
        return started;
    }

    private void launchBackend(long client) {
        if (desk.launch(client) != Admission.SERVED) {
            launchFailed(ChildKind.BACKEND);
        }
    }

    private void launchSpare() {
        if (!backends.starter().startSpare()) {
            loop.accept(new PmEvent.SpareNotLaunched(ThreadLocalRandom.current().nextDouble()));
        }
    }

    private void handOver(long client, BackendRole spare) {
        if (desk.handOver(client, spare) != Admission.SERVED) {
            loop.accept(new PmEvent.HandOverFailed(client, spare));
        }
    }

    private void launchWorker(int worker) {
        if (!workers.desk().launch(worker)) {
            launchFailed(ChildKind.BGWORKER);
        }
    }

    private void launchFailed(ChildKind kind) {
        loop.accept(new PmEvent.LaunchFailed(kind, ThreadLocalRandom.current().nextDouble()));
    }

    private void reportExit(PmAction.ReportExit exited) {
        String name = workers.desk().nameOf(exited.pid()).orElse(exited.kind().exitName());
        String words = ExitWords.of(name, exited.pid(), exited.status());
        Report report = Report.of(severity(exited), words);
        log.report(
                exited.noteworthy() && lastWords.isPresent()
                        ? report.withDetail("Failed process was running: " + ExitWords.statement(lastWords.get()))
                        : report);
    }

    /** SG-38. */
    private static Severity severity(PmAction.ReportExit exited) {
        if (exited.noteworthy()) {
            return Severity.LOG;
        }
        boolean done = exited.kind() == ChildKind.BGWORKER && exited.status().isCode(0);
        return done ? Severity.DEBUG1 : Severity.DEBUG2;
    }

    private void reload() {
        serviceManager.reloading();
        if (configurator.reload()) {
            workers.roster().follow(WorkerSettings.definitions(configurator.settings()));
        }
        serviceManager.reloaded();
    }

    private void reinitialize() {
        segment.renew();
        lockFile.sharedMemory(0, segment.memfd().number());
        configurator.layGround();
        workers.desk().reinitialized();
    }

    private static QuitReason quitReason(PmAction.QuitReason reason) {
        return switch (reason) {
            case CRASH -> QuitReason.CRASH;
            case STOP -> QuitReason.STOP;
        };
    }

    private static PmStatus pmStatus(PmAction.Status status) {
        return switch (status) {
            case STANDBY -> PmStatus.STANDBY;
            case READY -> PmStatus.READY;
            case STOPPING -> PmStatus.STOPPING;
        };
    }
}
