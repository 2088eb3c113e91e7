package dev.postmaster.child.syslogger;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A mount namespace that a sleeping process keeps, so that nothing stays mounted however a test ends. What is mounted in
 * it is seen from outside through that process. Needs the right to mount.
 */
final class PrivateMounts implements AutoCloseable {
    private final Process keeper;

    private PrivateMounts(Process keeper) {
        this.keeper = keeper;
    }

    /** Mounts a file system of this size in memory; empty where that is not allowed. */
    static Optional<PrivateMounts> smallDisk(Path mountPoint, int megabytes) throws IOException {
        String script = "mount -t tmpfs -o size=" + megabytes + "m tmpfs " + mountPoint
                + " && echo mounted && exec sleep infinity";
        Process keeper = new ProcessBuilder("unshare", "--mount", "sh", "-c", script)
                .redirectError(Redirect.DISCARD)
                .start();
        boolean mounted = keeper.inputReader().readLine() != null;
        return mounted ? Optional.of(new PrivateMounts(keeper)) : Optional.empty();
    }

    /** The same command, to be run inside. */
    List<String> inside(List<String> command) {
        List<String> entered =
                new ArrayList<>(List.of("nsenter", "--mount", "--target", Long.toString(keeper.pid()), "--"));
        entered.addAll(command);
        return entered;
    }

    /** The path by which something inside is reached from here. */
    Path seen(Path path) {
        return Path.of("/proc", Long.toString(keeper.pid()), "root")
                .resolve(path.toString().substring(1));
    }

    @Override
    public void close() {
        keeper.destroyForcibly().onExit().join();
    }
}
