package dev.postmaster.server;

import dev.postmaster.cluster.PmStatus;
import dev.postmaster.config.WorkerSettings;
import dev.postmaster.core.CacState;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.PmEvent;
import dev.postmaster.launch.LogDescriptors;
import dev.postmaster.os.Pid;
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
    private final Staff staff;
    private final Foundation foundation;
    private final IntConsumer exit;
    private Undertaker.Obituary obituary = new Undertaker.Obituary("", Optional.empty());

    /** @param exit ends the process with a status */
    ActionRunner(Consumer<PmEvent> loop, Staff staff, Foundation foundation, IntConsumer exit) {
        this.loop = loop;
        this.staff = staff;
        this.foundation = foundation;
        this.exit = exit;
    }

    /** Those who look after backends. */
    record Backends(BackendStarter starter, SpareDesk spares, ClientLine line, Loiterers loiterers) {}

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

    /** Of the child whose exit is handled next. */
    void obituary(Undertaker.Obituary latest) {
        obituary = latest;
    }

    @Override
    public void accept(PmAction action) {
        switch (action) {
            case PmAction.Launch(ChildKind kind) -> launch(kind);
            case PmAction.LaunchBackend(long client) -> launchBackend(client);
            case PmAction.LaunchSpare() -> launchSpare();
            case PmAction.HandOver(long client) -> handOver(client);
            case PmAction.Wait ignored -> staff.backends().line().keep();
            case PmAction.EvictLoiterer() -> staff.backends().loiterers().evict();
            case PmAction.Keep(int pid) -> staff.backends().spares().keep(new Pid(pid));
            case PmAction.Dismiss(int pid) -> staff.backends().spares().dismiss(new Pid(pid));
            case PmAction.DismissSpares(int count) -> staff.backends().spares().dismiss(count);
            case PmAction.LaunchWorker(int worker) -> launchWorker(worker);
            case PmAction.RefuseWorker(int worker) -> staff.workers().desk().refuse(worker);
            case PmAction.Refuse(long client, CacState reason) -> staff.desk().refuse(client, reason);
            case PmAction.Signal order -> staff.signals().send(order);
            case PmAction.SetQuitReason(var reason) ->
                foundation.segment().shared().quitReason(quitReason(reason));
            case PmAction.Say(String message) -> foundation.log().log(message);
            case PmAction.ReportExit exited -> reportExit(exited);
            case PmAction.WriteStatus(var status) -> foundation.lockFile().status(pmStatus(status));
            case PmAction.NotifyReady() -> staff.serviceManager().ready();
            case PmAction.NotifyStopping() -> staff.serviceManager().stopping();
            case PmAction.StartKillTimer() -> staff.timers().set(new PmEvent.KillTimerExpired(), Timers.KILL);
            case PmAction.StopKillTimer() -> staff.timers().cancel(new PmEvent.KillTimerExpired());
            case PmAction.StartShutdownTimer(var mode, var delay) ->
                staff.timers().set(new PmEvent.ShutdownTimedOut(mode), delay);
            case PmAction.StartArchiverTimer() -> staff.timers().set(new PmEvent.ArchiverRetryDue(), Timers.ARCHIVER);
            case PmAction.RelaunchLater(var kind, var delay) ->
                staff.timers().set(new PmEvent.RelaunchDue(kind), delay);
            case PmAction.ForgetSetbacksLater(var kind, var delay) ->
                staff.timers().set(new PmEvent.SetbacksForgotten(kind), delay);
            case PmAction.ForgetCrashesLater(var delay) -> staff.timers().set(new PmEvent.CrashesForgotten(), delay);
            case PmAction.StopAccepting() -> staff.doors().shut();
            case PmAction.ResumeAccepting() -> staff.doors().reopen();
            case PmAction.Reload() -> reload();
            case PmAction.EndDescendants() -> staff.descendants().end();
            case PmAction.Reinitialize() -> reinitialize();
            case PmAction.Exit(int status) -> exit.accept(status);
        }
    }

    private void launch(ChildKind kind) {
        boolean started = kind == ChildKind.SYSLOGGER
                ? launchSysLogger()
                : staff.starter().start(kind);
        if (!started) {
            launchFailed(kind);
        }
    }

    /** It is told when its first file was opened, and all others that standard error is the log pipe from then on. */
    private boolean launchSysLogger() {
        LogCollector collector = Objects.requireNonNull(foundation.collector(), "collector");
        LogDescriptors descriptors = collector.prepare(staff.configurator().settings());
        staff.configurator().layGround();
        boolean started = staff.starter().startSysLogger(descriptors);
        if (started) {
            collector.launched(staff.configurator().settings());
            staff.configurator().layGround();
        }
        return started;
    }

    private void launchBackend(long client) {
        if (staff.desk().launch(client) != Admission.SERVED) {
            launchFailed(ChildKind.BACKEND);
        }
    }

    private void launchSpare() {
        if (!staff.backends().starter().startSpare()) {
            loop.accept(new PmEvent.SpareNotLaunched(ThreadLocalRandom.current().nextDouble()));
        }
    }

    private void handOver(long client) {
        switch (staff.desk().handOver(client)) {
            case NOT_TAKEN -> staff.backends().line().keep();
            case LEFT -> staff.backends().spares().takeBackLatest();
            case SERVED, OVER_SOURCE_LIMIT, OVER_SOURCE_RATE, NOT_LAUNCHED -> {}
        }
    }

    private void launchWorker(int worker) {
        if (!staff.workers().desk().launch(worker)) {
            launchFailed(ChildKind.BGWORKER);
        }
    }

    private void launchFailed(ChildKind kind) {
        loop.accept(new PmEvent.LaunchFailed(kind, ThreadLocalRandom.current().nextDouble()));
    }

    private void reportExit(PmAction.ReportExit exited) {
        Report report = Report.of(severity(exited), ExitWords.of(obituary.name(), exited.pid(), exited.status()));
        foundation
                .log()
                .report(obituary.statement()
                        .filter(statement -> exited.noteworthy())
                        .map(statement ->
                                report.withDetail("Failed process was running: " + ExitWords.statement(statement)))
                        .orElse(report));
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
        staff.serviceManager().reloading();
        if (staff.configurator().reload()) {
            staff.workers()
                    .roster()
                    .follow(WorkerSettings.definitions(staff.configurator().settings()));
        }
        staff.serviceManager().reloaded();
    }

    private void reinitialize() {
        foundation.segment().renew();
        foundation.lockFile().sharedMemory(0, foundation.segment().memfd().number());
        staff.configurator().layGround();
        staff.workers().desk().reinitialized();
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
