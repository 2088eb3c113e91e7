package dev.postmaster.server;

import dev.postmaster.cluster.LockFile;
import dev.postmaster.cluster.LockFileTaker;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.ListenResult;
import dev.postmaster.os.Listeners;
import dev.postmaster.os.UnixEndpoint;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Opens a Unix socket in each of {@code unix_socket_directories} (PM-6), each guarded by a lock file of its own (DD-18),
 * and takes both away again at the end.
 */
final class UnixSockets implements AutoCloseable {
    private final Listeners listeners;
    private final LockFileTaker locks;
    private final int port;
    private final UnixEndpoint template;
    private final Log log;
    private final List<Fd> sockets = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();
    private final List<LockFile> lockFiles = new ArrayList<>();
    private Optional<String> firstDirectory = Optional.empty();

    UnixSockets(Listeners listeners, LockFileTaker locks, Settings settings, Log log) {
        this.listeners = listeners;
        this.locks = locks;
        this.port = settings.get(Guc.PORT);
        this.template = new UnixEndpoint(
                "@unbound", settings.get(Guc.UNIX_SOCKET_PERMISSIONS), group(settings.get(Guc.UNIX_SOCKET_GROUP)));
        this.log = log;
    }

    /** The sockets opened; the caller owns them. */
    List<Fd> sockets() {
        return List.copyOf(sockets);
    }

    /** The first directory that worked, for line 5 of the lock file. */
    Optional<String> firstDirectory() {
        return firstDirectory;
    }

    /** @throws ReportException FATAL if another server uses a socket, or none of the given directories works */
    void open(List<String> directories, int backlog) {
        for (String directory : directories) {
            if (openIn(directory, backlog)) {
                firstDirectory = firstDirectory.or(() -> Optional.of(directory));
            } else {
                log.report(Report.of(
                        Severity.WARNING, "could not create Unix-domain socket in directory \"" + directory + "\""));
            }
        }
        if (!directories.isEmpty() && sockets.isEmpty()) {
            throw new ReportException(
                    Report.of(Severity.FATAL, SqlState.CONNECTION_FAILURE, "could not create any Unix-domain sockets"));
        }
    }

    /** Keeps cleaners of temporary directories away from sockets and lock files (PM-64). */
    void touch(Instant now) {
        lockFiles.forEach(lock -> lock.touch(now));
        for (Path path : paths) {
            touch(path, now);
        }
    }

    private static void touch(Path path, Instant now) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(now));
        } catch (IOException e) {
            return; // as in PostgreSQL: nothing follows from it but that a cleaner may take the socket for old
        }
    }

    /** Removes the socket files and their lock files. */
    @Override
    public void close() {
        paths.forEach(this::remove);
        lockFiles.forEach(LockFile::close);
    }

    private boolean openIn(String directory, int backlog) {
        String path = directory + "/.s.PGSQL." + port;
        if (UnixEndpoint.isTooLong(path)) {
            log.log("Unix-domain socket path \"" + path + "\" is too long (maximum " + UnixEndpoint.MAX_PATH_BYTES
                    + " bytes)");
            return false;
        }
        UnixEndpoint endpoint = new UnixEndpoint(path, template.permissions(), template.group());
        if (!endpoint.isAbstract()) {
            lockFiles.add(locks.takeSocket(Path.of(path)));
            remove(Path.of(path));
        }
        return listen(endpoint, backlog);
    }

    private boolean listen(UnixEndpoint endpoint, int backlog) {
        return switch (listeners.listen(endpoint, backlog)) {
            case ListenResult.Listening(Fd socket, var name) -> {
                sockets.add(socket);
                if (!endpoint.isAbstract()) {
                    paths.add(Path.of(endpoint.path()));
                }
                log.log("listening on Unix socket \"" + endpoint.path() + "\"");
                yield true;
            }
            case ListenResult.Failed(var step, Errno errno) -> {
                Report report = Report.of(
                        Severity.LOG,
                        "could not " + verb(step) + " Unix address \"" + endpoint.path() + "\": " + errno.message());
                log.report(
                        errno.equals(Errno.EADDRINUSE)
                                ? report.withHint("Is another postmaster already running on port " + port + "?")
                                : report);
                yield false;
            }
        };
    }

    private static String verb(ListenResult.Step step) {
        return switch (step) {
            case SOCKET -> "create socket for";
            case BIND -> "bind";
            case LISTEN -> "listen on";
            case GROUP -> "set group of";
            case PERMISSIONS -> "set permissions of";
            case REUSE_ADDRESS, IPV6_ONLY -> step.call() + " for";
        };
    }

    private void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, "could not remove file \"" + path + "\"", e));
        }
    }

    private OptionalInt group(String name) {
        if (name.isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt id = listeners.groupId(name);
        if (id.isEmpty()) {
            throw new ReportException(Report.of(
                    Severity.FATAL, SqlState.INVALID_PARAMETER_VALUE, "group \"" + name + "\" does not exist"));
        }
        return id;
    }
}
