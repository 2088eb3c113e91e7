package dev.postmaster.server;

import dev.postmaster.config.SettingSources;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.CrashScope;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmAction;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmSettings;
import dev.postmaster.core.RestartPolicy;
import dev.postmaster.core.Sig;
import dev.postmaster.core.SpareLimits;
import dev.postmaster.core.Step;
import dev.postmaster.core.Transition;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.ChildProgram;
import dev.postmaster.launch.CommonParameters;
import dev.postmaster.launch.LaunchGround;
import dev.postmaster.launch.LogDescriptors;
import dev.postmaster.launch.MemfdCarrier;
import dev.postmaster.launch.TempFileCarrier;
import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Pipe;
import dev.postmaster.os.Signals;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.shmem.PoolSizes;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SlotPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The core and the starter of children, without clients, clocks and signals: decides, launches real processes that only
 * sleep, and meets the faults that a test has planned.
 */
final class FaultyPostmaster implements AutoCloseable {
    private static final double CHANCE = 0.5;

    private final Os os = Os.open();
    private final FaultInjector faults;
    private final Pipe alive = os.fds().pipe();
    private final Fd nullDevice = os.fds().openNull();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Report> reports = new ArrayList<>();
    private final List<PmAction> actions = new ArrayList<>();
    private final Segment segment;
    private final ChildRegistry registry;
    private final ChildStarter starter;
    private Pm pm;

    FaultyPostmaster(Path dataDirectory, FaultInjector faults) {
        this.faults = faults;
        int pid = os.thisProcess().pid();
        Log log = reports::add;
        PoolSizes sizes = new PoolSizes(2, 1, 1);
        segment = new Segment(os.memfds(), new SegmentShape(sizes.total(), 1), pid);
        var meters = new Meters(metrics);
        registry = new ChildRegistry(new SlotPools(sizes), segment, new Births(meters));
        var carrier = new MemfdCarrier(faults.before(os.memfds()), new TempFileCarrier(dataDirectory, pid, log));
        var program = ChildProgram.sameForAll("/bin/sh", List.of("-c", "exec sleep 60"), List.of("PATH=/usr/bin:/bin"));
        var launcher = new ChildLauncher(faults.before(os.launcher()), program, carrier, nullDevice);
        launcher.standOn(ground(dataDirectory, pid));
        starter = new ChildStarter(launcher, registry, log);
        pm = Pm.initial(settings());
    }

    /** One thing after the other happens, and all that follows from each. */
    void on(PmEvent... events) {
        actions.clear();
        Deque<PmEvent> due = new ArrayDeque<>(List.of(events));
        while (!due.isEmpty()) {
            Step step = Transition.step(pm, due.remove());
            pm = step.next();
            actions.addAll(step.actions());
            for (PmAction action : step.actions()) {
                if (action instanceof PmAction.Launch(ChildKind kind) && !start(kind)) {
                    due.addFirst(new PmEvent.LaunchFailed(kind, CHANCE));
                }
            }
        }
    }

    private boolean start(ChildKind kind) {
        faults.about(kind);
        return kind == ChildKind.SYSLOGGER
                ? starter.startSysLogger(new LogDescriptors(nullDevice, Map.of(), nullDevice, nullDevice))
                : starter.start(kind);
    }

    Pm pm() {
        return pm;
    }

    /** What the last call of {@link #on} brought about. */
    List<PmAction> actions() {
        return List.copyOf(actions);
    }

    List<String> said() {
        return reports.stream().map(Report::message).toList();
    }

    /** Children of this kind that were really launched and still live. */
    long living(ChildKind kind) {
        return registry.ofKinds(EnumSet.of(kind)).stream()
                .filter(child -> os.signals().probe(child.pid().value()) == Signals.Presence.PRESENT)
                .count();
    }

    private LaunchGround ground(Path dataDirectory, int pid) {
        String home = dataDirectory.toString();
        var parameters = new CommonParameters(
                new CommonParameters.Paths(home, "java", home),
                new CommonParameters.Postmaster(pid, 0, 0),
                CommonParameters.Logging.DIRECT,
                new CommonParameters.Configuration(
                        Map.of(),
                        new SettingSources(Map.of(), dataDirectory.resolve("postmaster.conf"), false, Map.of())));
        return new LaunchGround(
                parameters, alive.readEnd(), segment.memfd(), segment.shared().identity());
    }

    private static PmSettings settings() {
        return new PmSettings(
                2,
                1,
                1,
                true,
                CrashScope.ISOLATED,
                false,
                false,
                true,
                PmSettings.Archiving.ON,
                true,
                true,
                PmSettings.ShutdownLadder.NONE,
                new RestartPolicy(0, 0, Duration.ofSeconds(30), Duration.ofMinutes(1)),
                SpareLimits.NONE,
                EnumSet.allOf(ChildKind.class));
    }

    @Override
    public void close() {
        List<Child> children = registry.ofKinds(EnumSet.allOf(ChildKind.class));
        children.forEach(child -> os.signals().sendToGroup(child.pid(), Sig.KILL));
        Set<Pid> left = children.stream().map(Child::pid).collect(Collectors.toCollection(HashSet::new));
        while (!left.isEmpty()) {
            os.reaper().next().ifPresentOrElse(dead -> left.remove(dead.pid()), Thread::onSpinWait);
        }
        alive.close();
        nullDevice.close();
        segment.memfd().close();
    }
}
