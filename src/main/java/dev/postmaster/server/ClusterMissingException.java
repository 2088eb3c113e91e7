package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;

/** There is no cluster where one should be: exit status 2, in words of its own (PM-1, step 6). */
final class ClusterMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    ClusterMissingException(ClusterLayout layout) {
        super("no cluster in " + layout.dataDirectory());
        text = """
                postmaster: could not find the database system
                Expected to find it in the directory "%s",
                but could not open file "%s": No such file or directory
                """.formatted(layout.dataDirectory(), layout.controlFile());
    }

    /** For standard error. */
    String text() {
        return text;
    }
}
