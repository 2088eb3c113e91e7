package dev.postmaster.child;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.Reload;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ParameterBlock;
import dev.postmaster.launch.StartupData;
import dev.postmaster.report.ProcessLog;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that a kind's main may use.
 *
 * @param parameters what the postmaster said at the launch
 * @param settings its settings at that time
 * @param modes how files of this cluster are created
 * @param log standard error of the child
 * @param signals still blocked: the main sets its handlers and unblocks them
 * @param parent the watch over the postmaster
 * @param sharedOrNull null in a child that attaches to no shared memory
 */
public record ChildContext(
        ChildKind kind,
        ParameterBlock parameters,
        Settings settings,
        FileModes modes,
        ProcessLog log,
        ChildSignals signals,
        ParentWatch parent,
        @Nullable SharedMemory sharedOrNull) {

    /** What this kind of child was told beyond the rest. */
    public StartupData startupData() {
        return parameters.startupData();
    }

    public ClusterLayout layout() {
        return new ClusterLayout(Path.of(parameters.common().paths().dataDirectory()));
    }

    /**
     * The settings after SIGHUP: the child reads the configuration file itself (SG-33), and its log follows. With anything
     * wrong in the file all stay as they are; the postmaster logs that, and what changed.
     */
    public Settings reload(Settings current) {
        return switch (parameters.common().configuration().sources().reload(current)) {
            case Reload.Rejected rejected -> current;
            case Reload.Applied(Settings fresh, var changes) -> {
                log.format(LogSettings.format(fresh));
                yield fresh;
            }
        };
    }

    /** Shared memory, for a kind that attaches to it. */
    public SharedMemory shared() {
        if (sharedOrNull == null) {
            throw new IllegalStateException("a " + kind.childName() + " is not attached to shared memory");
        }
        return sharedOrNull;
    }

    /** The main is ready and begins what it is there for; only the first time counts. */
    public void ready() {
        shared().slot().noteReady(System.nanoTime());
    }

    /** What the client sends; unbuffered and blocking. Closing it does nothing: descriptor 0 outlives a client. */
    public InputStream clientInput() {
        return new FileInputStream(FileDescriptor.in) {
            @Override
            public void close() {
                // After a close the JVM would not even write to this descriptor any more, whoever is there by then.
            }
        };
    }

    /** The way to the client, over the same socket; unbuffered and blocking. */
    public OutputStream clientOutput() {
        // Descriptor 0 is the socket in both directions; descriptor 1 is the log.
        return new FileOutputStream(FileDescriptor.in);
    }
}
