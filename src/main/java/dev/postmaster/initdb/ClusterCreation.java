package dev.postmaster.initdb;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlData;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.DataDirectory;
import dev.postmaster.cluster.DurableFiles;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Databases;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the files of a new cluster, the control file last but one and {@code PM_VERSION} last: a directory with that file
 * is complete. Whatever fails, the directory is left as it was found.
 */
final class ClusterCreation {
    /** The one database that every client expects. */
    private static final String DATABASE = "postgres";

    private static final FileModes MODES = FileModes.OWNER_ONLY;

    private static final String CONFIGURATION = """
            # Settings of this cluster: name = value, read again on SIGHUP.
            # All settings with their defaults are described in src/docs/settings.md.
            # What is given on the command line (-c name=value) is stronger.

            #listen_addresses = 'localhost'
            #port = 5432
            #max_connections = 100
            #unix_socket_directories = '/tmp'
            #log_connections = off
            #log_min_messages = warning
            """;

    private static final String HOST_RULES = """
            # Who may connect from where. Every user of this machine is trusted; that is all there is so far.
            # TYPE  DATABASE  USER  ADDRESS       METHOD
            local   all       all                 trust
            host    all       all   127.0.0.1/32  trust
            host    all       all   ::1/128       trust
            """;

    private final ClusterLayout layout;
    private final PrintStream out;

    ClusterCreation(ClusterLayout layout, PrintStream out) {
        this.layout = layout;
        this.out = out;
    }

    /**
     * @throws ReportException if the directory exists and holds something
     * @throws IOException if the file system refuses; nothing is left behind
     */
    void create() throws IOException {
        Path directory = layout.dataDirectory();
        boolean existed = Files.exists(directory);
        if (existed) {
            refuseUnlessEmpty(directory);
        }
        boolean complete = false;
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            fill();
            complete = true;
        } finally {
            if (!complete) {
                remove(directory, existed);
            }
        }
    }

    private void fill() throws IOException {
        step("creating subdirectories");
        for (Path sub : List.of(layout.base(), layout.global(), layout.wal(), layout.log(), layout.temporary())) {
            Files.createDirectory(sub, MODES.directory());
        }
        done();
        step("creating database \"" + DATABASE + "\"");
        Databases.create(layout.base(), DATABASE);
        done();
        step("creating configuration files");
        write(layout.configFile(), CONFIGURATION);
        write(layout.hbaFile(), HOST_RULES);
        done();
        step("syncing data to disk");
        Instant now = Instant.now();
        long identifier = new SecureRandom().nextLong() & Long.MAX_VALUE;
        ControlFile.write(layout, new ControlData(identifier, ClusterState.SHUT_DOWN, now, now), MODES);
        write(layout.versionFile(), DataDirectory.VERSION + "\n");
        DurableFiles.syncDirectory(layout.dataDirectory());
        done();
    }

    private static void refuseUnlessEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new ReportException(Report.of(
                                Severity.ERROR,
                                SqlState.DUPLICATE_FILE,
                                "directory \"" + directory + "\" exists but is not empty")
                        .withHint("If you want to create a new database system, either remove or empty the directory \""
                                + directory + "\" or run init with an argument other than \"" + directory + "\"."));
            }
        }
    }

    /** A directory that was there before stays, empty. */
    private void remove(Path directory, boolean keepDirectory) throws IOException {
        out.println();
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    if (!keepDirectory || !path.equals(directory)) {
                        Files.deleteIfExists(path);
                    }
                }
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        DurableFiles.create(file, text.getBytes(StandardCharsets.UTF_8), MODES);
    }

    private void step(String what) {
        out.print(what + " ... ");
        out.flush();
    }

    private void done() {
        out.println("ok");
    }
}
