package dev.postmaster.it;

import dev.postmaster.launch.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A packaged postmaster in a directory and on ports of its own. Closing it ends the process, whatever the test did,
 * and removes the directory; what it logged is in {@link #log()}.
 */
final class RunningPostmaster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long the end of the log is waited for when the process has ended, but somebody else keeps its output open. */
    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    private static final Path HOME = Path.of(System.getProperty("postmaster.home", "target/quarkus-app"));

    private final Place place;
    private final List<String> wrapper;
    private final List<String> settings;
    private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;
    private PrintedLog log;

    private RunningPostmaster(Place place, List<String> wrapper, List<String> settings) {
        this(place, wrapper, settings, null);
    }

    private RunningPostmaster(Place place, List<String> wrapper, List<String> settings, @Nullable Path configuration) {
        this.place = place;
        this.wrapper = wrapper;
        this.settings = settings;
        if (configuration == null) {
            initialise();
        } else {
            makeDirectory(configuration);
        }
        process = launch();
        log = new PrintedLog(process);
    }

    /** Starts a postmaster without a cluster, in an empty directory, and waits until it is ready. */
    static RunningPostmaster startWithoutCluster(String... settings) {
        List<String> all = new ArrayList<>(List.of("cluster=none"));
        all.addAll(List.of(settings));
        return awaitReady(new RunningPostmaster(Place.temporary(), List.of(), all, Path.of("/dev/null")));
    }

    /** Starts a postmaster in a directory that has nothing but this file as {@code postmaster.conf}. */
    static RunningPostmaster startWithConfiguration(Path configuration) {
        return awaitReady(new RunningPostmaster(Place.temporary(), List.of(), List.of(), configuration));
    }

    /** Creates a cluster and starts a postmaster on it with these {@code -c} settings; does not wait for anything. */
    static RunningPostmaster launchOnly(String... settings) {
        return launchOnlyIn(Place.temporary(), settings);
    }

    /** As {@link #launchOnly}, in a place that the test has prepared, and that is empty when the postmaster is closed. */
    static RunningPostmaster launchOnlyIn(Place place, String... settings) {
        return launchOnlyUnder(List.of(), place, settings);
    }

    /** As {@link #launchOnlyIn}, by a program that runs the command which follows its own arguments. */
    static RunningPostmaster launchOnlyUnder(List<String> wrapper, Place place, String... settings) {
        return new RunningPostmaster(place, wrapper, List.of(settings));
    }

    /** Creates a cluster, starts a postmaster on it with these {@code -c} settings and waits until it accepts. */
    static RunningPostmaster start(String... settings) {
        return startUnder(List.of(), settings);
    }

    /** As {@link #start}, as process 1 of a pid namespace of its own; for that the test must be root. */
    static RunningPostmaster startAsProcessOne(String... settings) {
        return startUnder(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"), settings);
    }

    /** As {@link #start}, by a program that runs the command which follows its own arguments. */
    static RunningPostmaster startUnder(List<String> wrapper, String... settings) {
        return awaitReady(new RunningPostmaster(Place.temporary(), wrapper, List.of(settings)));
    }

    private static RunningPostmaster awaitReady(RunningPostmaster postmaster) {
        try {
            postmaster.awaitLog("database system is ready to accept connections");
        } catch (AssertionError e) {
            postmaster.close();
            throw e;
        }
        return postmaster;
    }

    /** Starts the program again on the same directory, after it ended; does not wait until it accepts. */
    void startAgain() {
        process = launch();
        log = new PrintedLog(process);
    }

    /** A second postmaster beside this one, on the same data directory; its whole output once it has ended. */
    Outcome startRival() {
        return Outcome.of(builder(serverCommand(freePort(), freePort())));
    }

    /** The command that the postmaster's arguments follow. */
    static List<String> program() {
        var installation = new Installation(HOME.toAbsolutePath());
        var command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(installation.fastStart());
        command.addAll(List.of("-jar", installation.runJar().toString()));
        return command;
    }

    /** The postmaster's number as this test sees it; in a pid namespace the postmaster sees another one. */
    long pid() {
        return wrapper.contains("--fork") ? Proc.childrenOf(process.pid()).getFirst() : process.pid();
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** Where its Unix socket is. */
    Path socketDirectory() {
        return place.directory();
    }

    Path dataDirectory() {
        return place.seen().resolve("data");
    }

    Connection connect() throws SQLException {
        return connect("postgres", new Properties());
    }

    Connection connect(String database, Properties properties) throws SQLException {
        var all = new Properties();
        all.putAll(properties);
        all.putIfAbsent("user", "postgres");
        all.putIfAbsent("sslmode", "disable");
        all.putIfAbsent("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, all);
    }

    /** The process that serves a connection. */
    static int backendPid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            if (!rows.next()) {
                throw new AssertionError("no row");
            }
            return rows.getInt(1);
        }
    }

    /** The distribution's psql with these arguments, connected over TCP. */
    Outcome psql(String... arguments) {
        var command = new ArrayList<>(List.of("psql", "-X", "-h", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(List.of("-U", "postgres", "-d", "postgres"));
        command.addAll(List.of(arguments));
        return Outcome.of(builder(command));
    }

    void signal(String name) {
        signal(pid(), name);
    }

    static void signal(long pid, String name) {
        Outcome outcome = Outcome.of(builder(List.of("kill", "-" + name, Long.toString(pid))));
        if (outcome.status() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + ": " + outcome.err());
        }
        if (name.equals("STOP")) {
            // A process that is busy, or waits for a processor, goes on for a moment, in which it could take a client.
            Deadline.await("process " + pid + " stands still", PATIENCE, () -> Proc.isStopped(pid));
        }
    }

    /** Waits for the end, and for all of the log, and returns the exit status as a shell would see it. */
    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit + "; log:\n" + String.join("\n", log()));
            }
            log.awaitEnd(LAST_LINES);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    List<String> log() {
        return log.lines();
    }

    void awaitLog(String text) {
        awaitLog(text, 1);
    }

    /** Waits until {@code text} was logged this many times, in all since the (last) start. */
    void awaitLog(String text, int times) {
        log.await(text, times);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            List<Integer> children = Proc.childrenOf(pid());
            signal("KILL"); // not the wrapper, if there is one: it follows
            awaitExit();
            // The children leave by themselves when their postmaster is gone; that is part of what we promise.
            Deadline.await("children of a killed postmaster leave", PATIENCE, () -> children.stream()
                    .noneMatch(pid -> Proc.commandLine(pid).contains("--forkchild=")));
        }
        place.clear();
    }

    /** One that was not given to anybody before: the kernel may offer a port again that nobody has bound yet. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            return GIVEN_PORTS.add(port) ? port : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise() {
        var command = new ArrayList<>(place.entrance());
        command.addAll(
                List.of(java(), "-cp", classPath(), "dev.postmaster.Main", "init", "-U", "postgres", "-D", data()));
        Outcome outcome = Outcome.of(builder(command));
        if (outcome.status() != 0) {
            throw new AssertionError("init failed: " + outcome.out() + outcome.err());
        }
    }

    private void makeDirectory(Path configuration) {
        try {
            Files.createDirectory(
                    place.seen().resolve("data"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(place.seen().resolve("data/postmaster.conf"), Files.readString(configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            var command = new ArrayList<>(place.entrance());
            command.addAll(wrapper);
            command.addAll(serverCommand(port, managementPort));
            return builder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> serverCommand(int tcpPort, int httpPort) {
        var command = new ArrayList<>(program());
        command.addAll(List.of("-D", data()));
        command.addAll(
                List.of("-p", Integer.toString(tcpPort), "-k", socketDirectory().toString()));
        command.addAll(List.of("-c", "management_port=" + httpPort, "-c", "allow_root=on"));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    /** The class path of a child does for {@code init} too: our jar, JNA and SQLite. */
    private static String classPath() {
        try (Stream<Path> app = Files.list(HOME.resolve("app"));
                Stream<Path> libraries = Files.list(HOME.resolve("lib/main"))) {
            return Stream.concat(app, libraries.filter(RunningPostmaster::isForChildren))
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForChildren(Path jar) {
        String name = jar.getFileName().toString();
        return name.startsWith("net.java.dev.jna.jna-") || name.startsWith("org.xerial.sqlite-jdbc-");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command);
    }

    /** The data directory as the postmaster names it. */
    private String data() {
        return place.directory().resolve("data").toString();
    }
}
