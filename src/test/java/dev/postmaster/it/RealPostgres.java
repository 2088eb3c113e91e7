package dev.postmaster.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The distribution's PostgreSQL 15 on a cluster of its own, to compare with. As root it runs as user postgres. */
final class RealPostgres implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path directory;
    private final int port = RunningPostmaster.freePort();

    private RealPostgres(Path directory) {
        this.directory = directory;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("postgres"));
    }

    /** Waits until it accepts connections. */
    static RealPostgres start(String... settings) throws IOException {
        RealPostgres postgres = create();
        postgres.launch(settings);
        return postgres;
    }

    /** A cluster that nobody serves yet. */
    static RealPostgres create() throws IOException {
        Path directory = Files.createTempDirectory("real-postgres");
        var postgres = new RealPostgres(directory);
        if (ROOT) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        postgres.program("initdb", "-U", "postgres", "-A", "trust", "-N", "-D", postgres.data());
        return postgres;
    }

    /** Serves the cluster; waits until it accepts connections. */
    void launch(String... settings) {
        var options = new StringBuilder("-p " + port + " -k " + directory + " -h 127.0.0.1");
        for (String setting : settings) {
            options.append(" -c ").append(setting);
        }
        program("pg_ctl", "start", "-w", "-D", data(), "-l", directory + "/start", "-o", options.toString());
    }

    /** Puts a file into its data directory, which nobody else can read. */
    void put(String name, String content) throws IOException {
        Path file = Path.of(data(), name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (ROOT) {
            run(List.of("chown", "postgres", file.toString()));
        }
    }

    /** Where its Unix socket is. */
    Path socketDirectory() {
        return directory;
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    int port() {
        return port;
    }

    /** The text of a file in its data directory, which is nobody's but its own and root's. */
    String read(String file) {
        try {
            return Files.readString(Path.of(data(), file));
        } catch (IOException notYet) {
            return "";
        }
    }

    private void program(String name, String... arguments) {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(PROGRAMS.resolve(name).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        try {
            Path output = Files.createTempFile("real-postgres", ".out");
            // To a file: a daemon that inherits a pipe would keep it open.
            int status = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String said = Files.readString(output);
            Files.delete(output);
            if (status != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        program("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
        run(List.of("rm", "-r", directory.toString()));
    }
}
