package dev.postmaster.cluster;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Writing that survives the loss of power (fd.c). */
public final class DurableFiles {
    private DurableFiles() {}

    /** Replaces the content of a file; after a crash it is the old or the new one, whole. */
    public static void replace(Path file, byte[] content, FileModes modes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        create(temporary, content, modes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(requireNonNull(file.toAbsolutePath().getParent(), "the root is no file"));
    }

    /** Writes over the beginning of a file, or creates it; where it was as long before, that needs no room on the disk. */
    static void overwrite(Path file, byte[] content, FileModes modes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), modes.file())) {
            writeFully(channel, content);
        }
    }

    /** Creates a file that must not be there yet and makes its content durable; a half-written one is deleted. */
    public static void create(Path file, byte[] content, FileModes modes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), modes.file())) {
            writeFully(channel, content);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Makes names in a directory durable: created, renamed and deleted files. */
    public static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(true);
    }
}
