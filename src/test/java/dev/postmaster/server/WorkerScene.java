package dev.postmaster.server;

import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.config.Settings;
import dev.postmaster.config.WorkerDefinition;
import dev.postmaster.config.WorkerSettings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.CrashScope;
import dev.postmaster.core.ExitStatus;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmSettings;
import dev.postmaster.core.RestartPolicy;
import dev.postmaster.core.Sig;
import dev.postmaster.core.SpareLimits;
import dev.postmaster.core.Transition;
import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Errno;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Report;
import dev.postmaster.shmem.PoolSizes;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SlotPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The desks of the background workers with a real segment, a launcher that only counts, and a clock that waits. */
final class WorkerScene implements AutoCloseable, WorkerLauncher {
    private static final int FIRST_PID = 1000;

    private final Os os = Os.open();
    private final List<Report> reports = new ArrayList<>();
    private final List<String> launched = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private final List<Integer> buried = new ArrayList<>();
    private final NotedSignals signals = new NotedSignals();
    private final VirtualTime time = new VirtualTime();
    private final Segment segment;
    private final ChildRegistry registry;
    private final WorkerLedger ledger = new WorkerLedger(time);
    private final WorkerRolls rolls;
    private final WorkerDesk desk;
    private final WorkerRoster roster;
    private final WorkerSlotDesk slots;
    private final Pm pm = running();
    private boolean launchable = true;
    private int lastPid = FIRST_PID;

    WorkerScene(int workers) {
        PoolSizes sizes = new PoolSizes(2, 1, workers);
        segment = new Segment(
                os.memfds(),
                new SegmentShape(sizes.total(), workers),
                os.thisProcess().pid());
        registry = new ChildRegistry(new SlotPools(sizes), segment, new Births(new Meters(new SimpleMeterRegistry())));
        var reporter = new WorkerReports(reports::add);
        rolls = new WorkerRolls(segment, registry, signals.sender(registry, time, reports::add));
        desk = new WorkerDesk(new WorkerDesk.Hands(this, rolls, ledger, reporter), time);
        roster = new WorkerRoster(desk, rolls, ledger, reporter);
        slots = new WorkerSlotDesk(desk, rolls, reporter);
    }

    @Override
    public LaunchResult launch(int worker, WorkerDefinition definition, long generation) {
        if (!launchable) {
            return new LaunchResult.Refused(Errno.EAGAIN);
        }
        launched.add(definition.name());
        lastPid++;
        return new LaunchResult.Launched(new Pid(lastPid));
    }

    @Override
    public boolean wasSick(int pid) {
        buried.add(pid);
        return false;
    }

    @Override
    public void stop(Pid worker) {
        told.add(worker.value());
    }

    /** The settings are these from now on, as {@code parameter=value} of each worker; then the list is walked. */
    void reload(Map<String, String> settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        settings.forEach((name, value) -> texts.put("worker." + name, value));
        roster.follow(WorkerSettings.definitions(Settings.ofNonDefaults(texts)));
        walk();
    }

    void walk() {
        roster.retry();
        desk.walk(pm, event -> {
            if (event instanceof PmEvent.WorkerDue(int worker)) {
                desk.launch(worker);
            }
        });
    }

    void start(String worker) {
        roster.start(worker);
        walk();
    }

    void stop(String worker) {
        roster.stop(worker);
        walk();
    }

    void examineSlots() {
        slots.examine(pm);
        walk();
    }

    /** The process of a worker ends. */
    void end(String worker, int code) {
        end(of(worker).pid(), code);
    }

    void end(int pid, int code) {
        desk.ended(pid, new ExitStatus.Code(code), false);
        walk();
    }

    /** All are gone, and the system starts over. */
    void reinitialize() {
        segment.renew();
        desk.reinitialized();
    }

    void pass(Duration duration) {
        time.pass(duration);
        walk();
    }

    /** From now on there is no process for anybody. */
    void failLaunches() {
        launchable = false;
    }

    /** A child of this postmaster that runs our own program. */
    void addChild(int pid, ChildKind kind) {
        registry.add(Child.ofOurs(new Pid(pid), kind, 1));
    }

    /** A child of this postmaster that runs somebody else's program. */
    void addProgram(int pid) {
        var manners = new Child.Manners(Sig.TERM, Duration.ZERO, Optional.empty());
        registry.add(Child.stranger(new Pid(pid), ChildKind.BGWORKER, 1, manners));
    }

    WorkerStatus of(String worker) {
        WorkerStatus status = ledger.workers().get(worker);
        if (status == null) {
            throw new AssertionError("no word of " + worker + ", only of " + ledger.workers());
        }
        return status;
    }

    WorkerStatus.State stateOf(String worker) {
        return of(worker).state();
    }

    Map<String, WorkerStatus> workers() {
        return ledger.workers();
    }

    Segment segment() {
        return segment;
    }

    VirtualTime time() {
        return time;
    }

    /** The names of all that were launched so far. */
    List<String> launched() {
        return launched;
    }

    /** The pids of those that were told to end. */
    List<Integer> told() {
        return told;
    }

    /** The pids whose end the launcher has heard of. */
    List<Integer> buried() {
        return buried;
    }

    /** What was sent by signal, as {@code pid signal}. */
    List<String> signals() {
        return signals.sent();
    }

    List<String> said() {
        return reports.stream().map(Report::message).toList();
    }

    /** Of a postmaster without a database, which runs as soon as it begins. */
    private static Pm running() {
        Pm initial = Pm.initial(new PmSettings(
                2,
                1,
                8,
                true,
                CrashScope.ISOLATED,
                false,
                false,
                true,
                PmSettings.Archiving.OFF,
                true,
                false,
                PmSettings.ShutdownLadder.NONE,
                new RestartPolicy(0, 0, Duration.ofSeconds(30), Duration.ofMinutes(1)),
                SpareLimits.NONE,
                EnumSet.of(ChildKind.BACKEND, ChildKind.BGWORKER)));
        return Transition.step(initial, new PmEvent.Begin()).next();
    }

    @Override
    public void close() {
        segment.memfd().close();
    }
}
