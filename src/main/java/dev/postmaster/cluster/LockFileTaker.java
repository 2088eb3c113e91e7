package dev.postmaster.cluster;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Takes lock files: creates them, or finds out that another server holds them (miscinit.c {@code CreateLockFile}, DD-10
 * to DD-15). That children of a dead postmaster are gone (DD-14) is for {@link Attachment} to find out.
 */
public final class LockFileTaker {
    private static final int RETRIES = 100;

    private final Kinship processes;
    private final LockClaim claim;
    private final FileModes modes;
    private final Log log;

    public LockFileTaker(Kinship processes, LockClaim claim, FileModes modes, Log log) {
        this.processes = processes;
        this.claim = claim;
        this.modes = modes;
        this.log = log;
    }

    /**
     * Takes {@code postmaster.pid}.
     *
     * @throws ReportException FATAL: another server runs on the directory, or the file cannot be made
     */
    public LockFile takeCluster(ClusterLayout layout) {
        return take(layout.lockFile(), "", "running in data directory \"" + claim.dataDirectory() + "\"");
    }

    /**
     * Takes the lock of a Unix socket, {@code <socket>.lock} (DD-18).
     *
     * @throws ReportException FATAL: another server uses the socket, or the file cannot be made
     */
    public LockFile takeSocket(Path socket) {
        String directory = String.valueOf(socket.getParent());
        Path file = socket.resolveSibling(socket.getFileName() + ".lock");
        return take(file, directory, "using socket file \"" + socket + "\"");
    }

    private LockFile take(Path file, String socketDirectory, String doing) {
        byte[] content = content(socketDirectory);
        for (int attempt = 0; ; attempt++) {
            try {
                DurableFiles.create(file, content, modes);
                return new LockFile(file, processes.self(), log);
            } catch (FileAlreadyExistsException | AccessDeniedException e) {
                if (attempt >= RETRIES) {
                    throw fatal("could not create lock file", file, e);
                }
                removeIfStale(file, doing);
            } catch (IOException e) {
                // opening names the file in its exception, writing does not
                boolean created = !(e instanceof FileSystemException);
                throw fatal(created ? "could not write lock file" : "could not create lock file", file, e);
            }
        }
    }

    private byte[] content(String socketDirectory) {
        String lines = processes.self() + "\n" + claim.dataDirectory() + "\n"
                + claim.startTime().getEpochSecond() + "\n" + claim.port() + "\n" + socketDirectory + "\n";
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns when the file is gone, or its owner is; throws when the owner may be a server. */
    private void removeIfStale(Path file, String doing) {
        String content;
        try {
            content = Files.readString(file);
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException e) {
            throw fatal("could not open lock file", file, e);
        }
        LockText text = LockText.of(content);
        refuseUnclear(file, content, text);
        if (processes.mayBeServer(text.pid())) {
            String what = text.singleUser() ? "postgres" : "postmaster";
            throw new ReportException(Report.of(
                            Severity.FATAL,
                            SqlState.LOCK_FILE_EXISTS,
                            "lock file \"" + shown(file) + "\" already exists")
                    .withHint("Is another " + what + " (PID " + text.pid() + ") " + doing + "?"));
        }
        remove(file);
    }

    private void refuseUnclear(Path file, String content, LockText text) {
        if (content.isEmpty()) {
            throw new ReportException(
                    Report.of(Severity.FATAL, SqlState.LOCK_FILE_EXISTS, "lock file \"" + shown(file) + "\" is empty")
                            .withHint("Either another server is starting, or the lock file is the remnant of a previous"
                                    + " server startup crash."));
        }
        if (text.pid() == 0) {
            throw new ReportException(Report.of(
                    Severity.FATAL, "bogus data in lock file \"" + shown(file) + "\": \"" + content.strip() + "\""));
        }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ReportException(
                    FileErrors.report(Severity.FATAL, "could not remove old lock file \"" + shown(file) + "\"", e)
                            .withHint("The file seems accidentally left over, but it could not be removed. Please"
                                    + " remove the file by hand and try again."),
                    e);
        }
    }

    private ReportException fatal(String what, Path file, IOException cause) {
        return new ReportException(FileErrors.report(Severity.FATAL, what + " \"" + shown(file) + "\"", cause), cause);
    }

    /** As PostgreSQL shows it: a file of the cluster by its name, because the postmaster works in the data directory. */
    private Path shown(Path file) {
        return claim.dataDirectory().equals(file.getParent()) ? file.getFileName() : file;
    }
}
