package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.config.WorkerSettings;
import dev.postmaster.core.CacState;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.metrics.Meters;
import dev.postmaster.metrics.Refusal;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.SlotPools;
import dev.postmaster.wire.CancelKey;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Puts the desks around the loop and sets it going. After {@link #begin} everything happens on the loop's one thread,
 * which also launches every child: the kernel ties a child's parent-death signal to it (N-2). What other threads call only
 * posts to it.
 */
final class Postmaster
        implements FirstPacketDesk.Callers,
                SignalDesk.Callers,
                RequestDesk.Callers,
                SpareDesk.Callers,
                Undertaker.Mourner {
    private final CompletableFuture<Integer> exitStatus = new CompletableFuture<>();
    private final Foundation foundation;
    private final PostmasterLoop loop;
    private final ChildRegistry registry;
    private final SpareDesk spares;
    private final ClientDesk desk;
    private final ClientLine line;
    private final Meters meters;
    private final LoopProbe probe;
    private final Refusals refusals;
    private final CancelDesk cancelDesk;
    private final PmSignalDesk pmSignalDesk;
    private final SignalDesk signalDesk;
    private final Undertaker undertaker;
    private final Doors doors;
    private final ServiceManager serviceManager;
    private final Configurator configurator;
    private final WorkerOffice workers;
    private final StatusReporter status;
    private final PeriodicDuties duties;
    private final SignalSender signals;
    private final ActionRunner actions;

    Postmaster(Vertx vertx, Foundation foundation, StatusBoard board, Meters meters) {
        this.foundation = foundation;
        this.meters = meters;
        var instruments = new Instruments(meters, board, foundation);
        // Netty's channels live on the event loop itself, which Vert.x shows to its own kind only.
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        EventLoop eventLoop = context.nettyEventLoop();
        probe = new LoopProbe(eventLoop, System::nanoTime, meters::loopDelayed);
        Os os = foundation.kernel().os();
        Log log = foundation.log();
        Settings settings = foundation.configuration().settings();
        ChildLauncher launcher = foundation.nursery().launcher();
        Pm initial =
                Pm.initial(SettingsMapper.rules(settings, foundation.nursery().launchable()));
        loop = new PostmasterLoop(context, initial, log, this::loopFailed);
        registry = new ChildRegistry(
                new SlotPools(SettingsMapper.pools(settings)), foundation.segment(), instruments.births());
        cancelDesk = new CancelDesk(registry, os.signals(), log);
        pmSignalDesk = new PmSignalDesk(
                foundation.segment(), registry, foundation.configuration().layout(), this::heed);
        signalDesk = new SignalDesk(foundation.kernel().signals(), this);
        undertaker = new Undertaker(os.reaper(), registry, launcher, log);
        refusals = new Refusals(log);
        var starter = new ChildStarter(launcher, registry, log);
        spares = new SpareDesk(eventLoop, os, registry, this, log);
        var backends = new BackendStarter(
                starter,
                new BackendStarter.Hands(
                        launcher, registry, spares, new SocketHandover(os.fds(), meters), os.sockets()),
                SettingsMapper.spares(settings),
                log);
        var timers = new Timers(vertx, loop, this::event);
        var programs = new ProgramStarter(foundation, starter, timers);
        desk = new CountingDesk(desk(eventLoop, backends, programs), meters);
        doors = new Doors(eventLoop, desk::welcome, log);
        var chronicle = new Chronicle(foundation.configuration().startedAt());
        configurator = new Configurator(foundation, desk, this::event);
        signals = new SignalSender(registry, new SignalSender.Kernel(os.signals(), os.processTable()), timers, log);
        var loiterers =
                new Loiterers(registry, signals, settings.get(Guc.MAX_CONNECTIONS), InstantSource.system(), log);
        line = new ClientLine(desk, this::decide, () -> loop.pm().admission() == CacState.OK, loiterers::before);
        serviceManager = new ServiceManager(
                eventLoop, System.getenv(), foundation.kernel().pid(), log);
        var descendants = new Descendants(
                () -> os.processTable().withEnvironment(foundation.nursery().lineage()), os.signals(), registry, log);
        workers = WorkerOffice.open(foundation, registry, new WorkerOffice.Hands(starter, programs, signals, timers));
        var told = new StatusReporter.Sources(
                loop, chronicle, configurator, foundation.segment(), registry, desk, line, undertaker);
        var statusFile = new StatusWriter(foundation, chronicle, timers, workers.ledger(), registry);
        status = new StatusReporter(told, board, meters, instruments, statusFile);
        duties = new PeriodicDuties(timers, foundation, this::event);
        var staff = new ActionRunner.Staff(
                starter,
                new ActionRunner.Backends(backends, spares, line, loiterers),
                signals,
                desk,
                doors,
                timers,
                configurator,
                serviceManager,
                descendants,
                workers);
        actions = new ActionRunner(this::event, staff, foundation, this::exit);
    }

    private ClientDesk desk(EventLoop eventLoop, BackendStarter starter, ProgramStarter programs) {
        Settings settings = foundation.configuration().settings();
        Foundation.Kernel kernel = foundation.kernel();
        Log log = foundation.log();
        var sources = new SourceLimit(registry, settings.get(Guc.MAX_CONNECTIONS_PER_SOURCE));
        if (settings.get(Guc.BACKEND_COMMAND).isEmpty()) {
            var waiting = new FirstPacketDesk(eventLoop, log, this, refusals, SettingsMapper.desk(settings));
            return new SessionDesk(waiting, starter, sources, log);
        }
        var handover = new SocketHandover(kernel.os().fds(), meters);
        var rate = new SourceRate(System::nanoTime, settings.get(Guc.CONNECTION_RATE_PER_SOURCE));
        var hands = new ProgramDesk.Hands(programs, handover, registry, sources, rate, refusals);
        return new ProgramDesk(client -> loop.run(() -> line.join(client)), hands, kernel.nullDevice(), settings, log);
    }

    /** Starts to listen to signals, the clock and clients, and to launch children (PM-10). */
    void begin() {
        foundation.kernel().os().thisProcess().becomeSubreaper();
        foundation.programs().start();
        loop.run(() -> {
            configurator.layGround();
            duties.begin(this::beat, serviceManager);
            probe.start();
            doors.open(foundation.tcp().sockets(), foundation.unix().sockets());
            signalDesk.open();
            workers.orders().open();
            workers.roster().follow(WorkerSettings.definitions(configurator.settings()));
            event(new PmEvent.Begin());
        });
    }

    /** Blocks until the end and returns the exit status (PM-2). */
    int awaitExit() throws InterruptedException {
        try {
            return exitStatus.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void event(PmEvent event) {
        loop.run(() -> handle(event));
    }

    @Override
    public void ready(FirstPacketDesk.Visit visit) {
        loop.run(() -> line.join(visit.client().id()));
    }

    @Override
    public void cancel(int pid, CancelKey key) {
        meters.cancelRequested();
        cancelDesk.cancel(pid, key);
    }

    @Override
    public boolean offersTls() {
        return foundation.tls().stands();
    }

    @Override
    public void turnedAway(Refusal reason) {
        meters.refused(reason);
    }

    @Override
    public void abandoned() {
        meters.abandoned();
    }

    @Override
    public void gone(long client) {
        loop.run(() -> line.leave(client));
    }

    @Override
    public void childDied() {
        loop.run(() -> undertaker.reapAll(this));
    }

    @Override
    public void pmSignal() {
        loop.run(() -> {
            pmSignalDesk.examine();
            boolean asked = workers.orders().examine(workers.roster());
            walkWorkers();
            if (asked) {
                status.tell(); // whoever asked reads there what came of it
            }
        });
    }

    @Override
    public void orderWorkers(Consumer<WorkerOrders.Recipient> order) {
        loop.run(() -> {
            order.accept(workers.roster());
            walkWorkers();
            status.tell();
        });
    }

    @Override
    public void terminateBackend(Pid backend) {
        loop.run(() -> registry.find(backend.value())
                .filter(child -> child.kind() == ChildKind.BACKEND)
                .ifPresent(child -> signals.terminate(backend)));
    }

    @Override
    public boolean claims(int pid, ExitStatus status) {
        return workers.health().claims(pid, status);
    }

    /** Handled at once, not posted: the obituary belongs to the report of this exit. */
    @Override
    public void childExited(PmEvent.ChildExited event, Undertaker.Obituary obituary) {
        spares.ended(new Pid(event.pid()));
        actions.obituary(obituary);
        handle(event);
    }

    @Override
    public void soon(Runnable work) {
        loop.run(work);
    }

    @Override
    public void heed(PmEvent event) {
        handle(event);
    }

    @OnLoop
    private void handle(PmEvent event) {
        decide(event);
        line.advance(); // what has happened may be what somebody waits for
    }

    @OnLoop
    private void decide(PmEvent event) {
        Pm before = loop.pm();
        loop.handle(event, actions);
        if (event instanceof PmEvent.ChildExited exit) {
            workers.desk().ended(exit.pid(), exit.status(), before.state().isStopping());
        } else if (event instanceof PmEvent.WorkersChanged) {
            workers.slots().examine(loop.pm());
        }
        walkWorkers();
        status.note(event, before);
    }

    /** Last, as in PostgreSQL's loop: whoever is due is admitted and launched at once. */
    @OnLoop
    private void walkWorkers() {
        workers.roster().retry();
        workers.desk().walk(loop.pm(), due -> loop.handle(due, actions));
    }

    @OnLoop
    private void beat() {
        refusals.heartbeat();
        spares.heartbeat();
        status.beat();
    }

    private void exit(int exitCode) {
        doors.close();
        desk.closeAll();
        signalDesk.close();
        exitStatus.complete(exitCode);
    }

    /**
     * What the kernel refused us is FATAL, as in PostgreSQL, and ends us in order. Anything else is a defect of ours: the
     * state can no longer be trusted. The children leave when this process is gone.
     */
    private void loopFailed(Throwable defect) {
        if (defect instanceof ReportException refused) {
            foundation.log().report(refused.report(), refused);
            exit(1);
            return;
        }
        foundation.log().report(Report.of(Severity.PANIC, "the postmaster's loop failed: " + defect));
        defect.printStackTrace();
        exitStatus.complete(1);
    }
}
