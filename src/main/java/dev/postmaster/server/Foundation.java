package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.LockFile;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pipe;
import dev.postmaster.os.SignalFd;
import dev.postmaster.report.ProcessLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the start sequence has made before there is a loop; the postmaster stands on it until the process ends.
 *
 * @param collector null without {@code logging_collector}
 * @param programs what children say that are none of ours
 */
record Foundation(
        Configuration configuration,
        Kernel kernel,
        Nursery nursery,
        LockFile lockFile,
        ListenSockets tcp,
        UnixSockets unix,
        Segment segment,
        ProcessLog log,
        @Nullable LogCollector collector,
        ProgramOutput programs,
        TlsOffer tls) {

    /** What is set, and where settings come from. */
    record Configuration(ClusterLayout layout, SettingSources sources, Settings settings, Instant startedAt) {}

    /**
     * Where children come from.
     *
     * @param home the directory of the installation
     * @param launchable the kinds of child whose program exists
     * @param lineage the line that every child of this postmaster finds in its environment, and nobody else
     */
    record Nursery(Path home, Set<ChildKind> launchable, String lineage, ChildLauncher launcher) {}

    /**
     * What the kernel gave us for life.
     *
     * @param alive the pipe whose write end nobody but us holds: its end of file tells the children that we are dead
     *     (CH-44)
     * @param nullDevice standard input of a child without a client
     */
    record Kernel(Os os, int pid, SignalFd signals, Pipe alive, Fd nullDevice) {}
}
