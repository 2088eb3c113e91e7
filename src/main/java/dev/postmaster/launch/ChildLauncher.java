package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Launcher;
import dev.postmaster.os.Pid;
import dev.postmaster.os.SpawnPlan;
import dev.postmaster.report.ReportException;
import dev.postmaster.shmem.SegmentIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The only way to make a child ({@code postmaster_child_launch}, CH-1). The caller logs the kind's line for a refused
 * launch and undoes its bookkeeping; after a successful one it closes its copy of the client's socket (CH-17). Owned by
 * the thread that launches, which has to live as long as the postmaster (N-2).
 */
public final class ChildLauncher {
    private final Launcher os;
    private final ChildProgram program;
    private final ParameterCarrier carrier;
    private final Fd nullDevice;
    private @Nullable LaunchGround ground;

    /** @param nullDevice {@code /dev/null}, standard input of a child without a client; the caller keeps it open */
    public ChildLauncher(Launcher os, ChildProgram program, ParameterCarrier carrier, Fd nullDevice) {
        this.os = os;
        this.program = program;
        this.carrier = carrier;
        this.nullDevice = nullDevice;
    }

    /** What children launched from now on stand on. Must be called before the first launch. */
    public void standOn(LaunchGround newGround) {
        ground = newGround;
    }

    /**
     * Launches a child.
     *
     * @param slot its slot, from 1, already assigned
     * @param client a blocking socket for a child that serves a client, else null; stays open and owned here
     */
    public LaunchResult launch(ChildKind kind, int slot, StartupData startupData, @Nullable Fd client) {
        return launch(kind, new Order(slot, startupData, false), plan -> standard(plan, client));
    }

    /**
     * Launches a backend that takes one client after the other.
     *
     * @param slot as above
     * @param startupData about its first client, or {@link StartupData#NONE} if that is still to come
     * @param client the first client's socket, or null
     * @param control the end of a {@link dev.postmaster.os.SocketPair} over which it is handed the others; stays open and
     *     owned here
     */
    public LaunchResult launchBackend(int slot, StartupData startupData, @Nullable Fd client, Fd control) {
        return launch(ChildKind.BACKEND, new Order(slot, startupData, true), plan -> standard(plan, client)
                .inherit(control, ChildDescriptors.CONTROL_SOCKET));
    }

    private SpawnPlan standard(SpawnPlan plan, @Nullable Fd client) {
        return plan.inherit(client == null ? nullDevice : client, ChildDescriptors.CLIENT_SOCKET)
                .inheritStandard(1)
                .inheritStandard(2);
    }

    /** Launches the syslogger, which has standard streams of its own and is told the numbers of its files (LOG-3). */
    public LaunchResult launchSysLogger(int slot, LogDescriptors descriptors) {
        return launch(ChildKind.SYSLOGGER, new Order(slot, descriptors.startup(), false), descriptors::addTo);
    }

    /** What is special about this child. */
    private record Order(int slot, StartupData startupData, boolean takesClients) {
        ParameterBlock.Own own(@Nullable SegmentIdentity segment) {
            return new ParameterBlock.Own(slot, startupData instanceof BackendStartup, takesClients, segment);
        }
    }

    /** @param standard adds descriptors 0 to 2, and whatever else only this kind has */
    private LaunchResult launch(ChildKind kind, Order order, UnaryOperator<SpawnPlan> standard) {
        LaunchGround now = ground();
        ParameterBlock.Own own = order.own(kind.attachesSharedMemory() ? now.identity() : null);
        ParameterBlock block = new ParameterBlock(now.parameters(), own, order.startupData());
        return switch (carrier.carry(ParameterCodec.encode(block))) {
            case ParameterCarrier.Result.Refused(var errno) -> new LaunchResult.Refused(errno);
            case ParameterCarrier.Result.Stored(var parcel) -> launch(parcel, standard.apply(plan(kind, now, parcel)));
        };
    }

    /**
     * Launches a program that is none of ours: leader of a session of its own, with an empty signal mask and default
     * dispositions, these descriptors and no others. It is told to end when the postmaster dies, where there is setpriv.
     *
     * @return refused with ENOENT if there is no such program, with EACCES if it must not be run
     * @throws ReportException if there is no such directory or user, or a tool that sets user or limits is missing
     */
    public LaunchResult launchProgram(Program wanted, ProgramStreams streams) {
        Path directory = Path.of(ground().parameters().paths().dataDirectory());
        var plan = new ProgramPlan(wanted, streams.socket() != null, program.environment(), directory);
        Optional<Errno> obstacle = plan.obstacle();
        return obstacle.isPresent() ? new LaunchResult.Refused(obstacle.get()) : os.launch(streams.addTo(plan.plan()));
    }

    private LaunchGround ground() {
        LaunchGround now = ground;
        if (now == null) {
            throw new IllegalStateException("a child needs ground to stand on");
        }
        return now;
    }

    /** The child of this pid, which was one of our own program, was reaped: takes away what it may have left. */
    public void childEnded(Pid pid) {
        carrier.childEnded(pid);
        JvmSignals.removeDoor(pid);
    }

    private LaunchResult launch(ParameterCarrier.Parcel parcel, SpawnPlan plan) {
        try (parcel) {
            LaunchResult result = os.launch(plan);
            if (result instanceof LaunchResult.Launched(Pid pid)) {
                parcel.takenBy(pid);
            }
            return result;
        }
    }

    private SpawnPlan plan(ChildKind kind, LaunchGround now, ParameterCarrier.Parcel parcel) {
        SpawnPlan plan = SpawnPlan.of(program.executable(), arguments(kind, parcel.argument()))
                .environment(program.environment())
                .directory(Path.of(now.parameters().paths().dataDirectory()))
                .blocking(ChildSignalMask.of(kind))
                .inherit(now.alive(), ChildDescriptors.POSTMASTER_ALIVE);
        if (kind.attachesSharedMemory()) {
            plan = plan.inherit(now.segment(), ChildDescriptors.SHARED_SEGMENT);
        }
        return parcel.addTo(plan);
    }

    /** argv of the seed (CH-6) behind what the executable itself needs; argv[0] is what {@code ps} shows first. */
    private List<String> arguments(ChildKind kind, String parameters) {
        List<String> arguments = new ArrayList<>();
        arguments.add("postmaster: " + kind.childName());
        arguments.addAll(program.argumentsOf(kind));
        arguments.add("--forkchild=" + kind.childName());
        arguments.add(parameters);
        return arguments;
    }
}
