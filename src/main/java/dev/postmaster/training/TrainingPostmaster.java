package dev.postmaster.training;

import dev.postmaster.launch.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A postmaster on a new cluster in a directory of its own, reachable by Unix socket only, that makes its AOT cache when it
 * ends, and whose children write down each class they load.
 */
final class TrainingPostmaster implements AutoCloseable {
    private static final int PORT = 5432;
    /** A whole training takes ten seconds. After this the postmaster is killed, and whoever waits for it goes on. */
    private static final int PATIENCE_SECONDS = 120;

    private static final String CLASS_LIST = ".classes";

    private final Path directory;
    private final Process process;
    private final BufferedReader log;

    private TrainingPostmaster(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.log = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /**
     * Starts it and waits until it and its workers have done all that there is to learn from.
     *
     * @param aotCache the file to write when it ends
     */
    static TrainingPostmaster start(Installation installation, Path directory, Path aotCache)
            throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED");
        List<String> program = List.of("-jar", installation.runJar().toString());
        Command.run(with(with(java, program), "init", "-U", "postgres", "-D", data.toString()));
        var builder = new ProcessBuilder(with(
                with(with(java, "-XX:AOTCacheOutput=" + aotCache), program),
                "-D" + data,
                "-p" + PORT,
                "-h",
                "",
                "-cworker.lesson.library=" + installation.runJar(),
                "-cworker.lesson.function=" + Lesson.class.getName(),
                "-cworker.lesson.database_access=on",
                "-cworker.copy.library=postmaster",
                "-cworker.copy.function=backup",
                "-cworker.copy.database_access=on",
                "-cworker.copy.argument=directory=" + directory.resolve("copies"),
                "-k" + directory,
                "-cmanagement_port=0",
                "-callow_root=on",
                "-clog_min_messages=log",
                "-clogging_collector=on",
                "-clog_destination=stderr,csvlog,jsonlog,console", // the last is what we listen to
                "-cchild_java_options=-XX:DumpLoadedClassList=" + directory + "/%p" + CLASS_LIST));
        builder.environment().keySet().removeIf(name -> name.startsWith("POSTMASTER_"));
        var postmaster = new TrainingPostmaster(
                directory, builder.redirectErrorStream(true).start());
        postmaster.awaitLogs(
                "database system is ready to accept connections", Lesson.LEARNT, "backed up database \"postgres\"");
        return postmaster;
    }

    static boolean isClassList(Path file) {
        return file.toString().endsWith(CLASS_LIST);
    }

    Path socket() {
        return directory.resolve(".s.PGSQL." + PORT);
    }

    /** A smart shutdown. The syslogger outlives the postmaster for a moment, and writes to the directory until it ends. */
    void stop() throws IOException, InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.toHandle().destroy(); // Process.destroy would close its output, too
        awaitLogs("database system is shut down");
        if (process.waitFor() != 0) {
            throw new IOException("the training postmaster did not exit with status 0");
        }
        children.forEach(child -> child.onExit().join());
    }

    /** In any order. */
    private void awaitLogs(String... words) throws IOException {
        List<String> missing = new ArrayList<>(List.of(words));
        while (!missing.isEmpty()) {
            missing.remove(awaitFirst(missing));
        }
    }

    /** The first of these that is logged. */
    private String awaitFirst(List<String> any) throws IOException {
        var seen = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            for (String words : any) {
                if (line.contains(words)) {
                    return words;
                }
            }
            seen.append(line).append('\n');
        }
        throw new IOException("the training postmaster never said one of " + any + " but\n" + seen);
    }

    /** Also waits for the children, who notice that their postmaster is gone: they write to the directory. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(child -> child.onExit().join());
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> with(List<String> first, String... more) {
        return with(first, List.of(more));
    }

    private static List<String> with(List<String> first, List<String> more) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }
}
