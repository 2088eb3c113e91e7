package dev.postmaster.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a target whose input is a file puts it. */
public final class Scratch {
    private Scratch() {}

    /** A new directory in {@code java.io.tmpdir}, which is for the caller's process to choose and to clean. */
    public static Path directory() {
        try {
            return Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
