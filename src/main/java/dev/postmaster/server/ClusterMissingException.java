package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;

/** There is no cluster where one should be: exit status 2, in words of its own (PM-1, steps 4 and 6; PM-2). */
final class ClusterMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    private ClusterMissingException(String text) {
        super(text);
        this.text = text;
    }

    /** Nobody said where the cluster is. */
    static ClusterMissingException of(Report unnamed) {
        String hint = unnamed.hint();
        return new ClusterMissingException(unnamed.message() + ".\n" + (hint == null ? "" : hint + "\n"));
    }

    /** @throws ClusterMissingException if there is no data directory, or no way into it (guc.c, SelectConfigFiles) */
    static void checkDataDirectory(ClusterLayout layout) throws ClusterMissingException {
        checkDirectory(layout, "Run \"pmctl init\" to create a data directory.\n");
    }

    /** The same where there is to be no database. */
    static void checkPlainDirectory(ClusterLayout layout) throws ClusterMissingException {
        checkDirectory(layout, "Run \"mkdir -m 700 " + layout.dataDirectory() + "\" to create it.\n");
    }

    private static void checkDirectory(ClusterLayout layout, String remedy) throws ClusterMissingException {
        try {
            Files.readAttributes(layout.dataDirectory(), BasicFileAttributes.class);
        } catch (IOException e) {
            String advice = e instanceof NoSuchFileException ? remedy : "";
            throw new ClusterMissingException("postmaster: could not access directory \"" + layout.dataDirectory()
                    + "\": " + FileErrors.words(e) + "\n" + advice);
        }
    }

    /** @throws ClusterMissingException if the control file cannot be opened (postmaster.c, checkControlFile) */
    static void checkControlFile(ClusterLayout layout) throws ClusterMissingException {
        try {
            Files.newInputStream(layout.controlFile()).close();
        } catch (IOException e) {
            throw new ClusterMissingException(
                    """
                    postmaster: could not find the database system
                    Expected to find it in the directory "%s",
                    but could not open file "%s": %s
                    """.formatted(layout.dataDirectory(), layout.controlFile(), FileErrors.words(e)));
        }
    }

    /** For standard error. */
    String text() {
        return text;
    }
}
