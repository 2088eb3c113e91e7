package dev.postmaster.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How one configuration file names others: {@code include}, {@code include_dir} and the {@code @file} of host rules. */
public final class Inclusion {
    private Inclusion() {}

    /**
     * The file {@code name} as seen from the directory of {@code file}.
     *
     * @throws IOException if no file can have that name: it holds a NUL, or a character the locale cannot spell
     */
    public static Path beside(Path file, String name) throws IOException {
        try {
            return file.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new FileSystemException(name, null, e.getReason());
        }
    }

    /** Every {@code *.conf} in the order of the names; hidden files are how Kubernetes swaps a mounted ConfigMap. */
    public static List<Path> filesOf(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(Inclusion::isIncluded).sorted().toList();
        }
    }

    private static boolean isIncluded(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".conf") && !name.startsWith(".") && !Files.isDirectory(file);
    }
}
