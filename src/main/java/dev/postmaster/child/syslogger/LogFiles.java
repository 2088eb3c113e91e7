package dev.postmaster.child.syslogger;

import dev.postmaster.child.syslogger.RotationRule.Cause;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.launch.LogFilePlan;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.report.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The files that are open: the text file always, one for each other form that is a destination (LOG-31). */
final class LogFiles {
    private static final Set<StandardOpenOption> APPEND =
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Path dataDirectory;
    private final Map<RecordForm, LogFile> files = new EnumMap<>(RecordForm.class);

    /** What files that were closed meanwhile have written and lost. */
    private long writtenBefore;

    private long lostBefore;

    LogFiles(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** Writes with a file that is open already. */
    void adopt(RecordForm form, LogFile file) {
        files.put(form, file);
    }

    /** Records of a form without a file go to the text file (LOG-17). */
    void write(RecordForm form, ByteBuffer record) {
        LogFile own = files.get(form);
        LogFile file = own == null ? files.get(RecordForm.TEXT) : own;
        if (file != null) {
            file.write(record);
        }
    }

    boolean has(RecordForm form) {
        return files.containsKey(form);
    }

    /**
     * Changes to the file this form has at this time. The old one stays in use if that cannot be opened (LOG-31).
     *
     * @return false if all stays as it was
     */
    boolean change(RecordForm form, Instant at, Settings settings, Cause cause) throws IOException {
        LogFile old = files.get(form);
        LogFilePlan plan = new LogFilePlan(dataDirectory, settings);
        if (!plan.isWanted(form)) {
            retire(form);
            return old != null;
        }
        Path path = plan.file(form, at);
        if (cause == Cause.SIZE && old != null && path.equals(old.path())) {
            return false; // the name knows no more than the old one did: it would be the same file
        }
        boolean truncate = settings.get(Guc.LOG_TRUNCATE_ON_ROTATION)
                && cause == Cause.AGE
                && old != null
                && !path.equals(old.path());
        boolean deleted = old != null && old.isMissing();
        LogFile opened = open(path, plan, truncate);
        if (old != null && deleted) {
            old.handWaitingTo(opened);
        }
        retire(form);
        files.put(form, opened);
        return true;
    }

    private static LogFile open(Path path, LogFilePlan plan, boolean truncate) throws IOException {
        Path directory = path.getParent();
        if (directory != null && !Files.exists(directory)) {
            LogFilePlan.createDirectory(directory);
        }
        FileChannel channel = FileChannel.open(path, APPEND, PosixFilePermissions.asFileAttribute(mode(plan.mode())));
        try {
            return new LogFile(path, truncate ? channel.truncate(0) : channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The umask of this process is 0. */
    private static Set<PosixFilePermission> mode(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] bits = PosixFilePermission.values();
        for (int i = 0; i < bits.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(bits[i]);
            }
        }
        return permissions;
    }

    private void retire(RecordForm form) {
        LogFile old = files.remove(form);
        if (old != null) {
            old.close();
            writtenBefore += old.written();
            lostBefore += old.lost();
        }
    }

    /** What is open, by form. */
    Map<RecordForm, LogFile> open() {
        return files;
    }

    /** Sizes for the rule of rotation. */
    Map<RecordForm, Long> sizes() {
        Map<RecordForm, Long> sizes = new EnumMap<>(RecordForm.class);
        files.forEach((form, file) -> sizes.put(form, file.size()));
        return sizes;
    }

    void flush() {
        files.values().forEach(LogFile::flush);
    }

    /** Whether some file was deleted under our hands, or could never be opened. */
    boolean isAnyMissing() {
        return files.values().stream().anyMatch(LogFile::isMissing);
    }

    /** Bytes that reached a file since the start. */
    long written() {
        return writtenBefore
                + files.values().stream().mapToLong(LogFile::written).sum();
    }

    /** Bytes that did not. */
    long lost() {
        return lostBefore + files.values().stream().mapToLong(LogFile::lost).sum();
    }

    /** Why the last write of some file failed; empty if none did. */
    String failure() {
        for (LogFile file : files.values()) {
            IOException failure = file.failure();
            if (failure != null) {
                return FileErrors.words(failure);
            }
        }
        return "";
    }

    void close() {
        EnumSet.allOf(RecordForm.class).forEach(this::retire);
    }
}
