package dev.postmaster.ctl;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ClusterState;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The cluster that a command is about: its files, read anew each time.
 *
 * @param directory as the user named it, so that messages do too
 */
record Target(Path directory) {
    ClusterLayout layout() {
        return new ClusterLayout(directory);
    }

    Path pidFile() {
        return asNamed(layout().lockFile());
    }

    /** A file of the cluster, below the directory as the user named it. */
    Path asNamed(Path file) {
        return directory.resolve(layout().dataDirectory().relativize(file));
    }

    /**
     * The number in the PID file, negative for a single-user server; empty if there is no such file, so no server
     * (CTL-5).
     *
     * @param withoutCluster the exit status if there is no cluster
     * @throws CtlFailure if there is no cluster, or nobody can tell
     */
    OptionalLong pid(int withoutCluster) {
        requireCluster(withoutCluster);
        try {
            String text = Files.readString(pidFile());
            if (text.isBlank()) {
                throw CtlFailure.of("the PID file \"" + pidFile() + "\" is empty");
            }
            long number = Numbers.leading(text);
            if (number == 0) {
                throw CtlFailure.of("invalid data in PID file \"" + pidFile() + "\"");
            }
            return OptionalLong.of(number);
        } catch (NoSuchFileException none) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw CtlFailure.of("could not open PID file \"" + pidFile() + "\": " + FileErrors.words(e));
        }
    }

    private void requireCluster(int otherwise) {
        try {
            Files.getAttribute(directory, "unix:mode");
        } catch (NoSuchFileException missing) {
            throw new CtlFailure(otherwise, "directory \"" + directory + "\" does not exist");
        } catch (IOException e) {
            throw new CtlFailure(otherwise, "could not access directory \"" + directory + "\": " + FileErrors.words(e));
        }
        if (!hasCluster() && !isServed()) {
            throw new CtlFailure(otherwise, "directory \"" + directory + "\" is not a database cluster directory");
        }
    }

    private boolean hasCluster() {
        return Files.exists(asNamed(layout().versionFile()));
    }

    /** With {@code cluster=none} a directory is known by what a postmaster reads or has written there. */
    private boolean isServed() {
        return Files.exists(asNamed(layout().configFile())) || Files.exists(asNamed(layout().optionsFile()));
    }

    /** The lines of a file of the cluster; none if it cannot be read. */
    List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The state in the control file. */
    ClusterState state() {
        try {
            return ControlFile.read(layout()).state();
        } catch (ReportException e) {
            throw CtlFailure.of(e.report().message());
        }
    }

    /** The modes that the directory asks for; those of its owner only if it cannot be looked at (CTL-15). */
    FileModes modes() {
        try {
            return FileModes.of((Integer) Files.getAttribute(directory, "unix:mode"));
        } catch (IOException e) {
            return FileModes.OWNER_ONLY;
        }
    }

    /** Creates an empty file by which the postmaster is asked for something. */
    void ask(Path file, String what) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file);
        } catch (IOException e) {
            throw CtlFailure.of("could not create " + what + " signal file \"" + file + "\": " + FileErrors.words(e));
        }
    }

    /** The value of line {@code number} of the PID file, from 1. */
    Optional<String> pidFileLine(int number) {
        List<String> lines = lines(pidFile());
        return lines.size() < number ? Optional.empty() : Optional.of(lines.get(number - 1));
    }
}
