package dev.postmaster.it;

import dev.postmaster.os.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Makes the kernel refuse children to a packaged postmaster, kind by kind, for as long as a test wants. */
final class LaunchFaults implements AutoCloseable {
    private static final Path AGENT = AgentJar.of("Premain-Class", LaunchAgent.class, LaunchAgent.door());

    private final Path directory;

    LaunchFaults() {
        try {
            directory = Files.createTempDirectory("launch-faults");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lift();
    }

    /** What a postmaster must be started under to meet them. Its JVM says on its output that it has heard. */
    List<String> wrapper() {
        return List.of("env", "JDK_JAVA_OPTIONS=-javaagent:" + AGENT + "=" + file());
    }

    /** From now on no child of this kind can be launched, for this reason; whatever was wrong before is lifted. */
    void refuse(String kind, Errno errno) {
        write(kind + "\t" + errno.number() + "\t0\n");
    }

    /** From now on a child of this kind is launched, but it takes so long until its program runs. */
    void slow(String kind, Duration delay) {
        write(kind + "\t0\t" + delay.toMillis() + "\n");
    }

    /** All is well again. */
    void lift() {
        write("");
    }

    private Path file() {
        return directory.resolve("faults");
    }

    /** Whole or not at all: the postmaster reads it whenever it likes. */
    private void write(String faults) {
        try {
            Path draft = Files.writeString(directory.resolve("draft"), faults);
            Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.delete(file());
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
