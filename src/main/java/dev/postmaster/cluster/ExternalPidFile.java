package dev.postmaster.cluster;

import dev.postmaster.report.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * The further pid file that {@code external_pid_file} asks for (DD-20). It is a courtesy to tools of the operator:
 * problems are told on standard error and stop nothing.
 */
public final class ExternalPidFile implements AutoCloseable {
    private final Path file;

    private ExternalPidFile(Path file) {
        this.file = file;
    }

    /** Writes the pid, readable for everybody. */
    public static ExternalPidFile write(Path file, int pid, Consumer<String> standardError) {
        String doing = "write";
        try {
            Files.writeString(file, pid + "\n");
            doing = "change permissions of";
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            standardError.accept("postmaster: could not " + doing + " external PID file \"" + file + "\": "
                    + FileErrors.words(e) + "\n");
        }
        return new ExternalPidFile(file);
    }

    /** Deletes the file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // a stale pid file of the operator's choosing hurts nobody
        }
    }
}
