package dev.postmaster.child.syslogger;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Processes that log into one pipe, and a syslogger at its end. The test holds the pipe open, as the postmaster does. */
final class LogLoad implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 30;

    private final Path directory;
    private final File pipe;
    private final RandomAccessFile held;
    private final int rotationKilobytes;
    private final UnaryOperator<List<String>> surroundings;
    private final List<Process> writers = new ArrayList<>();
    private int incarnation;
    private Process syslogger;

    LogLoad(Path directory, int rotationKilobytes) throws IOException, InterruptedException {
        this(directory, rotationKilobytes, command -> command);
    }

    /** @param surroundings makes of a syslogger's command one that runs it somewhere special */
    LogLoad(Path directory, int rotationKilobytes, UnaryOperator<List<String>> surroundings)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.surroundings = surroundings;
        this.rotationKilobytes = rotationKilobytes;
        this.pipe = directory.resolve("pipe").toFile();
        int made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        if (made != 0) {
            throw new IOException("mkfifo failed with " + made);
        }
        held = new RandomAccessFile(pipe, "rw");
        syslogger = startSysLogger();
    }

    private Process startSysLogger() throws IOException {
        incarnation++;
        ProcessBuilder program = java(
                SysLoggerProgram.class,
                directory.toString(),
                prefix() + "-%s.log",
                Integer.toString(rotationKilobytes));
        return program.command(surroundings.apply(program.command()))
                .redirectInput(pipe)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private String prefix() {
        return Integer.toString(100 + incarnation);
    }

    /** Bytes in the files of the syslogger that runs now. */
    long collectedInThisLife() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += file.getFileName().toString().startsWith(prefix()) ? Files.size(file) : 0;
        }
        return bytes;
    }

    void startWriters(int count, int records) throws IOException {
        for (int writer = 0; writer < count; writer++) {
            writers.add(java(LogWriterProgram.class, Integer.toString(writer), Integer.toString(records))
                    .redirectError(Redirect.appendTo(pipe))
                    .start());
        }
    }

    /** Waits until each of the writers has written its first record. */
    void awaitFirstRecords() throws IOException {
        for (Process writer : writers) {
            writer.inputReader().readLine();
        }
    }

    /** Tells the writers, whose first records were awaited, to stop, waits for them, and returns how many records each has written. */
    List<Integer> stopWriters() throws IOException, InterruptedException {
        List<Integer> written = new ArrayList<>();
        for (Process writer : writers) {
            writer.getOutputStream().close();
        }
        for (Process writer : writers) {
            written.add(Integer.parseInt(writer.inputReader().readLine()));
            awaitExit(writer);
        }
        return written;
    }

    boolean isWriting() {
        return writers.stream().anyMatch(Process::isAlive);
    }

    /** SIGKILL, and a successor at once. */
    void killSysLogger() throws IOException, InterruptedException {
        syslogger.destroyForcibly().waitFor();
        syslogger = startSysLogger();
    }

    /** Waits for the writers, which must not have failed, and for the syslogger, which leaves when the pipe ends. */
    void awaitEnd() throws IOException, InterruptedException {
        awaitWriters();
        held.close();
        awaitExit(syslogger);
    }

    /** Waits for the writers, which must not have failed. */
    void awaitWriters() throws InterruptedException {
        for (Process writer : writers) {
            awaitExit(writer);
        }
    }

    private static void awaitExit(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError(process + " " + process.info());
        }
    }

    /** All files in the order in which they were begun; none before the first syslogger is ready. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(directory.resolve("log"))) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory.resolve("log"))) {
            return found.sorted().toList();
        }
    }

    private static ProcessBuilder java(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Override
    public void close() throws IOException {
        held.close();
        writers.forEach(LogLoad::kill);
        kill(syslogger);
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }
}
