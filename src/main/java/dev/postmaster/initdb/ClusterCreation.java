package dev.postmaster.initdb;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.DataDirectory;
import dev.postmaster.cluster.DurableFiles;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.RolesFile;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.store.Databases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One creation of a cluster (initdb.c). What it made is removed again when it does not come to its end. */
final class ClusterCreation {
    /** The one database every cluster has: the one clients connect to that want to create another. */
    private static final String FIRST_DATABASE = "postgres";

    private final ClusterLayout layout;
    private final FileModes modes;
    private final FirstAccess access;
    private final Progress progress;

    /**
     * A cluster to create.
     *
     * @param modes who may read it
     * @param access who may come in at first
     * @param progress is told every step
     */
    ClusterCreation(ClusterLayout layout, FileModes modes, FirstAccess access, Progress progress) {
        this.layout = layout;
        this.modes = modes;
        this.access = access;
        this.progress = progress;
    }

    /** Hears what is being done. */
    interface Progress {
        void begins(String step);

        void ends();

        /** Something out of the ordinary. */
        void notes(String sentence);
    }

    /**
     * Creates the cluster in a directory that is empty or not there.
     *
     * @throws ReportException FATAL when the directory is in use or something cannot be written
     */
    void create(Instant now) {
        TargetDirectory target = TargetDirectory.inspect(layout.dataDirectory());
        try {
            step(target.creation(), () -> target.prepare(modes));
            step("creating subdirectories", this::createSubdirectories);
            step("creating configuration files", this::createConfiguration);
            step("creating roles", () -> RolesFile.create(layout, access.roles()));
            step("creating database " + FIRST_DATABASE, this::createDatabase);
            step("writing control file", () -> ControlFile.write(layout, control(now), modes));
            step("syncing data to disk", this::sync);
        } catch (ReportException e) {
            cleanUp(target);
            throw e;
        }
    }

    private void cleanUp(TargetDirectory target) {
        if (!target.touched()) {
            return;
        }
        progress.notes(target.restoration());
        try {
            target.restore();
        } catch (IOException e) {
            progress.notes("failed to remove data directory: " + FileErrors.words(e));
        }
    }

    private void step(String name, Step step) {
        progress.begins(name);
        try {
            step.run();
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.FATAL, "could not finish " + name, e), e);
        }
        progress.ends();
    }

    private void createSubdirectories() throws IOException {
        for (Path directory : directories()) {
            Files.createDirectory(directory, modes.directory());
        }
    }

    private List<Path> directories() {
        return List.of(layout.base(), layout.global(), layout.wal(), layout.log(), layout.temporary());
    }

    private void createConfiguration() throws IOException {
        DurableFiles.create(layout.configFile(), bytes(SampleFiles.configuration()), modes);
        DurableFiles.create(
                layout.hbaFile(), bytes(SampleFiles.hostBasedAuthentication(access.local(), access.host())), modes);
        DurableFiles.create(layout.identFile(), bytes(SampleFiles.identMap()), modes);
    }

    private void createDatabase() throws IOException {
        Databases.create(layout.base(), FIRST_DATABASE);
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (modes == FileModes.GROUP_READABLE) {
            permissions.add(PosixFilePermission.GROUP_READ);
        }
        Files.setPosixFilePermissions(layout.database(FIRST_DATABASE), permissions);
    }

    private static ControlData control(Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MICROS);
        return new ControlData(systemIdentifier(moment), ClusterState.SHUT_DOWN, moment, moment);
    }

    /** Seconds, microseconds and process, as xlog.c draws it: unlike any other on this machine. */
    private static long systemIdentifier(Instant moment) {
        long micros = moment.getNano() / 1_000;
        return (moment.getEpochSecond() << 32)
                | (micros << 12)
                | (ProcessHandle.current().pid() & 0xFFF);
    }

    /** The version comes last: only a whole cluster has one, so a power failure leaves a cluster or none. */
    private void sync() throws IOException {
        for (Path directory : directories()) {
            DurableFiles.syncDirectory(directory);
        }
        DurableFiles.syncDirectory(layout.dataDirectory());
        DurableFiles.create(layout.versionFile(), bytes(DataDirectory.VERSION + "\n"), modes);
        DurableFiles.syncDirectory(layout.dataDirectory());
        Path parent = layout.dataDirectory().getParent();
        if (parent != null) {
            DurableFiles.syncDirectory(parent);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One step's work. */
    private interface Step {
        void run() throws IOException;
    }
}
