package dev.postmaster.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The descriptors of a process as {@code /proc/PID/fd} shows them. */
final class OpenFiles {
    private OpenFiles() {}

    /** Number to what it refers to, such as {@code pipe:[4711]}. */
    static Map<Integer, String> of(String pid) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", pid, "fd"))) {
            Map<Integer, String> files = new TreeMap<>();
            for (Path entry : entries.toList()) {
                read(entry)
                        .ifPresent(target ->
                                files.put(Integer.valueOf(entry.getFileName().toString()), target));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> read(Path entry) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(entry).toString());
        } catch (NoSuchFileException e) {
            return Optional.empty(); // the directory stream that listed it
        }
    }

    /** Our own, without the jars and class files that the JVM opens when it likes. */
    static Map<Integer, String> ours() {
        Map<Integer, String> files = of("self");
        files.values()
                .removeIf(target ->
                        target.startsWith("/") && !target.startsWith("/dev/") && !target.startsWith("/memfd:"));
        return files;
    }

    /** Which of our own were not open before. What others forgot is closed by the garbage collector, whenever it likes. */
    static Map<Integer, String> oursSince(Map<Integer, String> before) {
        Map<Integer, String> files = ours();
        files.entrySet().removeAll(before.entrySet());
        return files;
    }

    static String target(Fd fd) {
        return of("self").getOrDefault(fd.number(), "closed");
    }
}
