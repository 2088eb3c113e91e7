package dev.postmaster.launch;

import dev.postmaster.os.Pid;
import dev.postmaster.os.SpawnPlan;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The block in a file {@code pgsql_tmp/pgsql_tmp.backend_var.<postmaster pid>.<n>}, as in the seed (CH-3..CH-9), for
 * systems that refuse a memfd. It holds the cancel key, so its mode is 0600 whatever the data directory allows (CH-5).
 * The child removes it; what no child takes is removed here, and what a killed postmaster leaves by the sweep at the next
 * start. Owned by one thread.
 */
public final class TempFileCarrier implements ParameterCarrier {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path dataDirectory;
    private final int postmasterPid;
    private final Log log;
    private final Map<Pid, Path> untaken = new HashMap<>();
    private long attempts;

    /** @param dataDirectory absolute: Java does not follow a change of the working directory */
    public TempFileCarrier(Path dataDirectory, int postmasterPid, Log log) {
        this.dataDirectory = dataDirectory;
        this.postmasterPid = postmasterPid;
        this.log = log;
    }

    @Override
    public Result carry(byte[] block) {
        String name = TempFileSweep.PATH_PREFIX + ".backend_var." + postmasterPid + "." + ++attempts;
        Path file = dataDirectory.resolve(name);
        SeekableByteChannel channel;
        try {
            channel = create(file);
        } catch (IOException e) {
            return refused("could not create file", name, e);
        }
        try (channel) {
            writeFully(channel, block);
        } catch (IOException e) {
            remove(file);
            return refused("could not write to file", name, e);
        }
        return new Result.Stored(new FileParcel(name, file));
    }

    /** A missing directory is the usual reason to fail, so one is made before the second and last try (CH-4). */
    private SeekableByteChannel create(Path file) throws IOException {
        try {
            return createExclusively(file);
        } catch (IOException e) {
            TempFileSweep.makeDirectory(dataDirectory);
            return createExclusively(file);
        }
    }

    private static SeekableByteChannel createExclusively(Path file) throws IOException {
        return Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
    }

    private static void writeFully(SeekableByteChannel channel, byte[] block) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private Result refused(String what, String name, IOException e) {
        log.report(FileErrors.report(Severity.LOG, what + " \"" + name + "\"", e));
        return new Result.Refused(FileErrno.of(e));
    }

    @Override
    public void childEnded(Pid pid) {
        Path file = untaken.remove(pid);
        if (file != null) {
            remove(file);
        }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, "could not remove file \"" + file + "\"", e));
        }
    }

    private final class FileParcel implements Parcel {
        private final String name;
        private final Path file;
        private boolean taken;

        FileParcel(String name, Path file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public String argument() {
            return name;
        }

        @Override
        public SpawnPlan addTo(SpawnPlan plan) {
            return plan;
        }

        @Override
        public void takenBy(Pid pid) {
            untaken.put(pid, file);
            taken = true;
        }

        @Override
        public void close() {
            if (!taken) {
                remove(file);
            }
        }
    }
}
