package dev.postmaster.cluster;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.auth.role.RoleText;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code global/pg_authid}: the roles of the cluster and their rights. It is never written, only replaced, so that a
 * reader needs no lock: it sees the book before a change or after it. Only its owner may read it, also where the group may
 * read the rest, for it holds what passwords are checked against.
 */
public final class RolesFile {
    /** The kernel's lock keeps other processes out, this one the other threads. */
    private static final Object WRITING = new Object();

    private RolesFile() {}

    /**
     * The book as it is now.
     *
     * @throws ReportException ERROR if the file is missing, cannot be read or is damaged
     */
    public static RoleBook read(ClusterLayout layout) {
        Path file = layout.rolesFile();
        try {
            return RoleText.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ReportException(
                    FileErrors.report(Severity.ERROR, "could not open file \"" + file + "\"", e)
                            .withHint("Without it nobody can log in. Restore it from a backup of the cluster."),
                    e);
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.ERROR, "could not read file \"" + file + "\"", e), e);
        } catch (RoleText.Damaged e) {
            throw new ReportException(
                    Report.of(
                                    Severity.ERROR,
                                    SqlState.DATA_CORRUPTED,
                                    "file \"" + file + "\" is damaged: " + e.getMessage())
                            .withHint("Restore it from a backup of the cluster; the server writes it anew at every"
                                    + " change of a role, so it must not be edited."),
                    e);
        }
    }

    /** Writes the file of a new cluster. */
    public static void create(ClusterLayout layout, RoleBook book) throws IOException {
        DurableFiles.create(layout.rolesFile(), bytes(book), FileModes.OWNER_ONLY);
    }

    /**
     * Changes the book, after everybody who is changing it now, and before everybody who will; durable when it returns.
     *
     * @param change what it throws, this throws, and nothing has changed
     * @return the book as it is now
     * @throws ReportException ERROR if the file cannot be read or written
     */
    public static RoleBook change(ClusterLayout layout, UnaryOperator<RoleBook> change) {
        Path lockFile = layout.rolesLockFile();
        synchronized (WRITING) {
            try (FileChannel channel = FileChannel.open(
                            lockFile,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            FileModes.OWNER_ONLY.file());
                    FileLock others = channel.lock()) {
                return changeLocked(others, layout, change);
            } catch (IOException e) {
                throw new ReportException(
                        FileErrors.report(Severity.ERROR, "could not write file \"" + layout.rolesFile() + "\"", e), e);
            }
        }
    }

    private static RoleBook changeLocked(FileLock lock, ClusterLayout layout, UnaryOperator<RoleBook> change)
            throws IOException {
        if (!lock.isValid()) {
            throw new ClosedChannelException();
        }
        RoleBook changed = change.apply(read(layout));
        DurableFiles.replace(layout.rolesFile(), bytes(changed), FileModes.OWNER_ONLY);
        return changed;
    }

    private static byte[] bytes(RoleBook book) {
        return RoleText.write(book).getBytes(StandardCharsets.UTF_8);
    }
}
