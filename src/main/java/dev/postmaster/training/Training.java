package dev.postmaster.training;

import dev.postmaster.launch.ChildJvm;
import dev.postmaster.launch.Installation;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code aot-cache}: writes the AOT caches of the postmaster and of the children anew. */
public final class Training {
    /** The number of a class in its list; two lists use the same numbers for different classes, and nobody needs them. */
    private static final String CLASS_NUMBER = " id: \\d+$";

    /** Describes a JDK; a copy of that of the JDK which made the caches lies beside them, for {@code bin/run}. */
    private static final String RELEASE = "release";

    private final Installation installation;
    private final Path directory;

    private Training(Installation installation, Path directory) {
        this.installation = installation;
        this.directory = directory;
    }

    /**
     * Trains and writes the caches; without one, or with one that does not fit, all work and start slower.
     *
     * @return the exit status: 0 when both are there, 1 when one is not; standard error says why
     */
    public static int run() {
        try {
            try (var scratch = Scratch.create()) {
                new Training(Installation.find(), scratch.directory()).train();
                return 0;
            }
        } catch (IOException | UncheckedIOException | ReportException e) {
            System.err.println("aot-cache: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void train() throws IOException, InterruptedException {
        ChildJvm jvm = installation.childJvm(List.of());
        Path madeBy = installation.home().resolve("aot." + RELEASE);
        Files.deleteIfExists(madeBy);
        Files.deleteIfExists(jvm.aotCache()); // a JVM that uses a cache writes no list of classes
        Path recorded = directory.resolve(installation.aotCache().getFileName());
        try (var postmaster = TrainingPostmaster.start(installation, directory, recorded)) {
            try (var client = TrainingClient.connect(postmaster.socket())) {
                client.learn();
            }
            postmaster.stop();
        }
        Path classes = directory.resolve("classes");
        Files.write(classes, merged());
        Path cache = directory.resolve(jvm.aotCache().getFileName());
        Command.run(jvm.aotCommand(classes, cache));
        Files.move(cache, jvm.aotCache(), StandardCopyOption.REPLACE_EXISTING);
        // A postmaster's files are its owner's alone, but whoever may run it may read its cache.
        Files.setPosixFilePermissions(recorded, Files.getPosixFilePermissions(jvm.aotCache()));
        Files.move(recorded, installation.aotCache(), StandardCopyOption.REPLACE_EXISTING);
        Path release = Path.of(System.getProperty("java.home"), RELEASE);
        if (Files.isRegularFile(release)) {
            Files.copy(release, madeBy);
        }
    }

    /** What the lists of all children say, each line once. */
    private Set<String> merged() throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        try (Stream<Path> lists = Files.list(directory)) {
            for (Path list : lists.filter(TrainingPostmaster::isClassList).toList()) {
                for (String line : Files.readAllLines(list)) {
                    lines.add(line.replaceFirst(CLASS_NUMBER, ""));
                }
            }
        }
        return lines;
    }
}
