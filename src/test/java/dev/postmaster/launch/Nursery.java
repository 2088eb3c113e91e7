package dev.postmaster.launch;

import dev.postmaster.config.SettingSources;
import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Launcher;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Pipe;
import dev.postmaster.os.SpawnPlan;
import dev.postmaster.report.Log;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SegmentIdentity;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.TestSegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a postmaster holds for its children, in a test: the alive pipe, the segment, and a launcher that listens. */
public final class Nursery implements AutoCloseable {
    private static final Log SILENT = report -> {};

    private final Usr1 usr1 = new Usr1();
    private final Os os = Os.open();
    private final Pipe alive = os.fds().pipe();
    private final Fd nullDevice = os.fds().openNull();
    private final TestSegment memory = new TestSegment(new SegmentShape(8, 4));
    private final Path dataDirectory;
    private final Map<String, String> settings;

    /** @param settings what differs from the defaults */
    public Nursery(Path dataDirectory, Map<String, String> settings) throws SegmentException {
        this.dataDirectory = dataDirectory;
        this.settings = settings;
    }

    public Os os() {
        return os;
    }

    public SharedSegment segment() {
        return memory.segment();
    }

    /** What every child launched here stands on. */
    public LaunchGround ground() {
        int pid = os.thisProcess().pid();
        long now = Instant.now().toEpochMilli() * 1000;
        CommonParameters parameters = new CommonParameters(
                new CommonParameters.Paths(dataDirectory.toString(), "java", dataDirectory.toString()),
                new CommonParameters.Postmaster(pid, now, now),
                CommonParameters.Logging.DIRECT,
                new CommonParameters.Configuration(
                        settings,
                        new SettingSources(settings, dataDirectory.resolve("postmaster.conf"), false, Map.of())));
        return new LaunchGround(
                parameters, alive.readEnd(), memory.memfd(), memory.segment().identity());
    }

    /** The memfd carrier of the postmaster. */
    public ParameterCarrier carrier() {
        return new MemfdCarrier(os.memfds(), fileCarrier());
    }

    TempFileCarrier fileCarrier() {
        return new TempFileCarrier(dataDirectory, os.thisProcess().pid(), SILENT);
    }

    /** Launches a child that attaches to slot 1 and needs no startup data. */
    public LaunchedChild launch(ChildProgram program, ChildKind kind) {
        return launch(program, carrier(), kind, StartupData.NONE);
    }

    /** Launches a child that attaches to slot 1. */
    public LaunchedChild launch(ChildProgram program, ChildKind kind, StartupData startupData) {
        return launch(program, carrier(), kind, startupData);
    }

    /** Launches a child that finds its parameter block in a file. */
    public LaunchedChild launchByFile(ChildProgram program, ChildKind kind) {
        return launch(program, fileCarrier(), kind, StartupData.NONE);
    }

    /** Launches a child that is told to expect another segment than it finds. */
    public LaunchedChild launchExpecting(SegmentIdentity expected, ChildProgram program, ChildKind kind) {
        LaunchGround real = ground();
        return launch(
                new LaunchGround(real.parameters(), real.alive(), real.segment(), expected),
                launcher -> new ChildLauncher(launcher, program, carrier(), nullDevice),
                kind,
                StartupData.NONE);
    }

    LaunchedChild launch(ChildProgram program, ParameterCarrier carrier, ChildKind kind, StartupData startupData) {
        return launch(
                ground(), launcher -> new ChildLauncher(launcher, program, carrier, nullDevice), kind, startupData);
    }

    private LaunchedChild launch(
            LaunchGround ground, Function<Launcher, ChildLauncher> maker, ChildKind kind, StartupData startupData) {
        memory.segment().slot(1).assign(kind);
        return listen(launcher -> {
            ChildLauncher children = maker.apply(launcher);
            children.standOn(ground);
            return children.launch(kind, 1, startupData, null);
        });
    }

    /** Launches the program with arguments that no postmaster would give it, and without descriptors. */
    public LaunchedChild launchByHand(ChildProgram program, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("postmaster"));
        argv.addAll(program.argumentsOf(ChildKind.BACKEND));
        argv.addAll(List.of(arguments));
        SpawnPlan plan = SpawnPlan.of(program.executable(), argv)
                .environment(program.environment())
                .inheritStandard(1)
                .inheritStandard(2);
        return listen(launcher -> launcher.launch(plan));
    }

    /** A launch through a given launcher. */
    interface Launch {
        LaunchResult with(Launcher launcher);
    }

    LaunchedChild listen(Launch launch) {
        try (Pipe output = os.fds().pipe()) {
            Launcher listening = plan -> os.launcher().launch(withOutput(plan, output.writeEnd()));
            return switch (launch.with(listening)) {
                case LaunchResult.Launched(Pid pid) ->
                    new LaunchedChild(os, pid, output.readEnd().take());
                case LaunchResult.Refused(var ignored, String why) -> throw new AssertionError(why);
            };
        }
    }

    private static SpawnPlan withOutput(SpawnPlan plan, Fd output) {
        List<SpawnPlan.Inherited> descriptors = new ArrayList<>();
        for (SpawnPlan.Inherited inherited : plan.descriptors()) {
            boolean isOutput = inherited.target() == 1 || inherited.target() == 2;
            descriptors.add(isOutput ? new SpawnPlan.Inherited(inherited.target(), output.number()) : inherited);
        }
        return new SpawnPlan(
                plan.program(), plan.arguments(), plan.environment(), plan.directory(), plan.blocked(), descriptors);
    }

    /** Waits until a child has signalled us. */
    public void awaitUsr1() throws InterruptedException {
        usr1.await();
    }

    /** What the death of the postmaster looks like to its children. */
    public void closeAlivePipe() {
        alive.writeEnd().close();
    }

    @Override
    public void close() {
        alive.close();
        nullDevice.close();
        memory.close();
    }
}
