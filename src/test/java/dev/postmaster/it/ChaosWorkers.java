package dev.postmaster.it;

import dev.postmaster.child.bgworker.WorkerJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two workers that do nothing but live: one in Java with a hold on shared memory, and a program without. */
final class ChaosWorkers {
    /** The kind of the program, which has no name of its own on a command line. */
    static final String PROGRAM = "program";

    private static final String COMMAND = "sleep 31536000";
    private static final String SLEEPER = """
            import dev.postmaster.worker.*;
            import java.time.Duration;

            public final class Sleeper implements WorkerFunction {
                public void run(WorkerContext context) throws Exception {
                    while (true) {
                        context.await(Duration.ofHours(1));
                    }
                }
            }
            """;

    private ChaosWorkers() {}

    /** The settings of both, after the jar is built in this directory. */
    static List<String> settings(Path directory) {
        Path jar = directory.resolve("sleeper.jar");
        try {
            Path source = Files.writeString(directory.resolve("Sleeper.java"), SLEEPER);
            Path classes = Files.createDirectory(directory.resolve("classes"));
            WorkerJar.build(jar, System.getProperty("java.class.path"), classes, List.of(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                "worker.sleeper.library=" + jar,
                "worker.sleeper.function=Sleeper",
                "worker.sleeper.restart=always", // also after a forced exit status 0
                "worker.sleeper.restart_interval=1s",
                "worker.program.command=" + COMMAND,
                "worker.program.restart_interval=1s");
    }

    /** The program, if it lives. */
    static List<Integer> programs(long postmaster) {
        return Proc.childrenOf(postmaster).stream()
                .filter(pid -> Proc.commandLine(pid).startsWith(COMMAND))
                .toList();
    }
}
