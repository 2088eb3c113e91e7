package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/pmctl} as a user runs it, on a data directory of its own; closing ends what it started. */
final class Pmctl implements AutoCloseable {
    private static final Path PROGRAM = Path.of("bin/pmctl").toAbsolutePath();
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path directory;
    private final int port = RunningPostmaster.freePort();

    Pmctl() {
        try {
            directory = Files.createTempDirectory("pmctl-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("log");
    }

    int port() {
        return port;
    }

    /** What {@code -o} must say for a postmaster that is in nobody's way. */
    String serverOptions() {
        return "-p " + port + " -k " + directory + " -c management_port=0";
    }

    /** Runs a command on the data directory; output with the directory as {@code DATA} and any number of dots as one. */
    Outcome run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("-D", data().toString()));
        Outcome outcome = plain(words.toArray(String[]::new));
        return new Outcome(outcome.status(), normal(outcome.out()), normal(outcome.err()));
    }

    /** Runs exactly these arguments. */
    Outcome plain(String... arguments) {
        return Outcome.of(builder(arguments));
    }

    ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        if (ROOT) {
            command.add("--allow-root");
        }
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("PGDATA", "PGCTLTIMEOUT"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    void init() {
        Outcome outcome = run("init", "-s", "-o", "-U postgres");
        if (outcome.status() != 0 || !outcome.out().isEmpty()) {
            throw new AssertionError("init failed: " + outcome);
        }
    }

    void start() {
        Outcome outcome = run("start", "-l", log().toString(), "-o", serverOptions());
        if (outcome.status() != 0) {
            throw new AssertionError("start failed: " + outcome);
        }
    }

    /** The number in the PID file. */
    int postmaster() {
        return Integer.parseInt(lines(data().resolve("postmaster.pid")).getFirst());
    }

    void pidFile(String content) {
        try {
            Files.writeString(data().resolve("postmaster.pid"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String normal(String text) {
        return text.replace(data().toString(), "DATA").replaceAll("\\.{3,}", ".");
    }

    @Override
    public void close() {
        if (Files.exists(data().resolve("postmaster.pid"))) {
            run("stop", "-m", "immediate", "-s");
        }
        new Place(directory, directory, List.of()).clear();
    }
}
