package dev.postmaster.child.bgworker;

import dev.postmaster.child.bgworker.backup.BackupFunction;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.launch.NativeImage;
import dev.postmaster.launch.WorkerStartup;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.worker.Worker;
import dev.postmaster.worker.WorkerFunction;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Finds a worker's function (LookupBackgroundWorkerFunction): one of ours, or a class in a jar. */
final class Functions {
    private final ClusterLayout layout;
    private final FileModes modes;

    Functions(ClusterLayout layout, FileModes modes) {
        this.layout = layout;
        this.modes = modes;
    }

    /** Throws ERROR in PostgreSQL's words if there is no such file or function. */
    WorkerFunction find(WorkerStartup worker) {
        return worker.library().equals(Worker.SHIPPED) ? shipped(worker) : load(worker);
    }

    private WorkerFunction shipped(WorkerStartup worker) {
        return switch (ShippedFunction.named(worker.function())) {
            case BACKUP -> {
                DatabaseAccess.require(worker);
                yield new BackupFunction(layout, modes);
            }
        };
    }

    private WorkerFunction load(WorkerStartup worker) {
        if (NativeImage.isRunning()) {
            throw new ReportException(
                    Report.of(Severity.ERROR, SqlState.FEATURE_NOT_SUPPORTED, "a native executable cannot load a jar")
                            .withHint("A worker in Java needs the image on a JVM; a worker may also be any program."));
        }
        Path jar = layout.dataDirectory().resolve(worker.library());
        if (!Files.isRegularFile(jar)) {
            throw new ReportException(FileErrors.report(
                            Severity.ERROR,
                            "could not access file \"" + worker.library() + "\"",
                            new NoSuchFileException(jar.toString()))
                    .withHint("A library is \"" + Worker.SHIPPED + "\" or a jar; a relative path starts at \""
                            + layout.dataDirectory() + "\"."));
        }
        try {
            // Never closed: the function loads classes as it needs them, and the process ends with it.
            Class<?> found = Class.forName(worker.function(), true, loader(jar));
            return found.asSubclass(WorkerFunction.class).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw missing(
                    worker, "There is no such class in the jar. Write its package too, as in com.example.Sweeper.");
        } catch (ClassCastException e) {
            throw missing(worker, "The class must implement " + WorkerFunction.class.getName() + ".");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ReportException(
                    missing(worker, "The class must be public, with a public constructor without parameters.")
                            .report()
                            .withDetail(String.valueOf(e.getCause() == null ? e : e.getCause())),
                    e);
        }
    }

    private static URLClassLoader loader(Path jar) {
        try {
            return new URLClassLoader(new URL[] {jar.toUri().toURL()}, Functions.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a path that is no URL: " + jar, e);
        }
    }

    private static ReportException missing(WorkerStartup worker, String hint) {
        return new ReportException(Report.of(
                        Severity.ERROR,
                        SqlState.UNDEFINED_FUNCTION,
                        "could not find function \"" + worker.function() + "\" in file \"" + worker.library() + "\"")
                .withHint(hint));
    }
}
