package dev.postmaster.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file system of its own, small enough to be filled: a tmpfs in a mount namespace that a sleeping process keeps, so that
 * nothing is left mounted however the test ends. Needs the right to mount.
 */
final class SmallDisk implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final Process keeper;
    private final Path mountPoint;

    private SmallDisk(Process keeper, Path mountPoint) {
        this.keeper = keeper;
        this.mountPoint = mountPoint;
    }

    /** Mounts one; empty where that is not allowed. */
    static Optional<SmallDisk> mount(int megabytes) {
        try {
            Path mountPoint = Files.createTempDirectory("postmaster-disk");
            String script = "mount -t tmpfs -o size=" + megabytes + "m tmpfs " + mountPoint
                    + " && echo mounted && exec sleep infinity";
            Process keeper = new ProcessBuilder("unshare", "--mount", "sh", "-c", script)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (keeper.inputReader().readLine() == null) {
                Files.delete(mountPoint);
                return Optional.empty();
            }
            return Optional.of(new SmallDisk(keeper, mountPoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory on it, for a postmaster. */
    Place place() {
        try {
            Path directory = mountPoint.resolve("postmaster");
            Path seen = Files.createDirectories(seen(directory));
            return new Place(directory, seen, List.of("nsenter", "--mount", "--target", Long.toString(keeper.pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a program one that cannot be run, for those who live here. */
    void disable(Path program) {
        List<String> mount = new ArrayList<>(place().entrance());
        mount.addAll(List.of("mount", "--bind", "/dev/null", program.toString()));
        Outcome outcome = Outcome.of(new ProcessBuilder(mount));
        if (outcome.status() != 0) {
            throw new AssertionError(outcome.err());
        }
    }

    /** Leaves room for nothing. */
    void fill() {
        for (int piece = PIECE; piece > 0; piece /= 4) {
            write(new byte[piece]);
        }
    }

    /** Until there is no room for another one. */
    private void write(byte[] piece) {
        try (OutputStream out =
                Files.newOutputStream(filling(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            return;
        }
    }

    /** Takes away what {@link #fill} has put there. */
    void free() {
        try {
            Files.deleteIfExists(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isFilled() {
        return Files.exists(filling());
    }

    private Path filling() {
        return seen(mountPoint.resolve("filling"));
    }

    private Path seen(Path path) {
        return Path.of("/proc", Long.toString(keeper.pid()), "root")
                .resolve(path.toString().substring(1));
    }

    @Override
    public void close() {
        keeper.destroyForcibly();
        try {
            keeper.waitFor();
            Files.delete(mountPoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
