package dev.postmaster.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** This program as one native executable for all roles; its children are itself once more (decision 0146). */
public final class NativeImage {
    /** Set by GraalVM: {@code buildtime} while the image is built, {@code runtime} when it runs. */
    static final String CODE = "org.graalvm.nativeimage.imagecode";

    static final String SELF = "/proc/self/exe";

    private NativeImage() {}

    /** Whether this process runs on no JVM. Never kept in a constant: those are computed when the image is built. */
    public static boolean isRunning() {
        return "runtime".equals(System.getProperty(CODE));
    }

    /** The path of the executable. */
    public static Path executable() {
        try {
            return Path.of(SELF).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets native libraries be taken from the directory {@code native} beside the executable, if there is one, so that
     * nothing is unpacked when a process starts. Must be called before one of them is needed.
     */
    public static void useUnpackedLibraries() {
        Path libraries = executable().resolveSibling(ChildJvm.LIBRARIES);
        if (Files.isDirectory(libraries)) {
            libraryProperties(libraries).forEach(System::setProperty);
        }
    }

    static Map<String, String> libraryProperties(Path libraries) {
        return Map.of(
                "java.library.path", libraries.toString(), // Netty's
                "jna.boot.library.path", libraries.toString(),
                "jna.nounpack", "true",
                "org.sqlite.lib.path", libraries.toString());
    }
}
