package dev.postmaster.it;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.StatusFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What chaos is done to: a postmaster with a log collector, on a small disk where that can be had. */
final class ChaosSystem implements AutoCloseable {
    /** What its log does not tell by then, it never will. */
    static final Duration HEARSAY = Duration.ofSeconds(10);

    private static final int DISK_MEGABYTES = 256;
    private static final int SLOTS = 20;
    private static final List<String> STAYING =
            List.of("checkpointer", "syslogger", "bgworker", ChaosWorkers.PROGRAM, "backend");
    private static final String RESET = "all server processes terminated; reinitializing";
    private static final String READY = "database system is ready to accept connections";
    private static final DateTimeFormatter LINE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = "yyyy-MM-dd HH:mm:ss.SSS".length();

    private final Optional<SmallDisk> disk = SmallDisk.mount(DISK_MEGABYTES);
    private final LaunchFaults faults = new LaunchFaults();
    private final Place logs = Place.temporary();
    private final CollectedLog log = new CollectedLog(logs.directory().resolve("pm.log"));
    private final DocumentedMoves diagram = new DocumentedMoves();
    private final boolean resetting;
    private final RunningPostmaster postmaster;
    private Map<String, Integer> descriptors = Map.of();
    private int movesChecked;

    /** @param resetting whether the crash of a session is everybody's */
    ChaosSystem(boolean resetting) {
        this.resetting = resetting;
        List<String> settings = new ArrayList<>(List.of(
                "crash_scope=" + (resetting ? "reset" : "isolated"),
                "crash_restart_limit=0",
                "max_connections=" + SLOTS,
                "spares_min=1",
                "spares_max=1",
                "max_wal_size=4MB",
                "log_min_messages=debug2", // every end is told
                "logging_collector=on",
                "log_directory=" + logs.directory(),
                "log_filename=pm.log",
                "log_rotation_age=0",
                "log_rotation_size=0",
                ForcedExit.SETTING));
        settings.addAll(ChaosWorkers.settings(logs.directory()));
        postmaster = RunningPostmaster.launchOnlyUnder(
                faults.wrapper(),
                disk.map(SmallDisk::place).orElseGet(Place::temporary),
                settings.toArray(String[]::new));
        awaitAcceptance();
    }

    RunningPostmaster postmaster() {
        return postmaster;
    }

    CollectedLog log() {
        return log;
    }

    Optional<SmallDisk> disk() {
        return disk;
    }

    LaunchFaults faults() {
        return faults;
    }

    boolean isDiskFull() {
        return disk.filter(SmallDisk::isFilled).isPresent();
    }

    /** The processes of a kind. */
    List<Integer> living(String kind) {
        return kind.equals(ChaosWorkers.PROGRAM)
                ? ChaosWorkers.programs(postmaster.pid())
                : Proc.childrenOf(postmaster.pid(), kind);
    }

    /** Whether the crash of a process of this kind is everybody's. */
    boolean isEverybodys(String kind) {
        return switch (kind) {
            case "checkpointer", "startup", "bgworker" -> true;
            case "backend" -> resetting;
            default -> false;
        };
    }

    boolean isServing() {
        try (Connection connection = postmaster.connect()) {
            return connection.createStatement().execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    void awaitAcceptance() {
        Deadline.await(
                "a client is served again", RunningPostmaster.PATIENCE, () -> !postmaster.isRunning() || isServing());
    }

    /** Whether the log tells since this line of the end of a process, be it as news or as a detail for whoever debugs. */
    boolean isToldOf(int since, int pid) {
        return log.says(since, line -> isAbout(line, pid));
    }

    /** Whether it tells of it as news: not of somebody who left by himself, nor of one of many who were told to go. */
    boolean isMourned(int since, int pid) {
        return log.says(since, line -> isAbout(line, pid) && line.contains(" LOG:  "));
    }

    private static boolean isAbout(String line, int pid) {
        return line.contains(" (PID " + pid + ") ");
    }

    /** Whether the log tells since this line that the system started over after it had told of the end of a process. */
    boolean hasStartedOver(int since, int pid) {
        return log.from(since).stream().dropWhile(line -> !isAbout(line, pid)).anyMatch(line -> line.endsWith(RESET));
    }

    /** When it was ready after it had so started over; nothing if those words went down with the syslogger. */
    Optional<Instant> readyAgain(int since, int pid) {
        Supplier<Optional<String>> ready = () -> log.from(since).stream()
                .dropWhile(line -> !isAbout(line, pid))
                .dropWhile(line -> !line.endsWith(RESET))
                .filter(line -> line.endsWith(READY))
                .findFirst();
        Deadline.within(HEARSAY, () -> ready.get().isPresent());
        return ready.get().map(line -> LINE_TIME.parse(line.substring(0, TIME_LENGTH), Instant::from));
    }

    /**
     * The postmaster has ended. Right it was if it ended in order, with status 1, and said that the startup process failed,
     * and that was our doing; then it is started again.
     */
    void startAgain(int since, boolean startupWasHit) {
        int status = postmaster.awaitExit();
        boolean inOrder = status == 1
                && log.says(since, line -> line.endsWith("shutting down due to startup process failure"))
                && log.says(since, line -> line.endsWith("database system is shut down"));
        if (!inOrder || !(startupWasHit || isDiskFull())) {
            throw new AssertionError("the postmaster is gone, with status " + status + "; log:\n"
                    + String.join("\n", log.from(since)) + "\n" + String.join("\n", postmaster.log()));
        }
        disk.ifPresent(SmallDisk::free);
        postmaster.startAgain();
        awaitAcceptance();
    }

    /** Every phase and every move that was logged is one of the diagram. */
    void checkMoves() {
        List<String> news = log.from(movesChecked);
        movesChecked += news.size();
        for (String line : news) {
            DocumentedMoves.in(line)
                    .filter(move -> !diagram.arrows().contains(move))
                    .ifPresent(move -> {
                        throw new AssertionError("not in the diagram: " + line);
                    });
        }
    }

    /** Notes what a postmaster has open that has nothing to do. */
    void noteDescriptors() {
        awaitOnlyThoseWhoStay();
        descriptors = openDescriptors();
    }

    /** To be asked when no client is there: what is left over was leaked. */
    void checkNothingIsLeaked() {
        awaitOnlyThoseWhoStay();
        Deadline.await(
                "no descriptor is leaked, expected " + descriptors, RunningPostmaster.PATIENCE, () -> openDescriptors()
                        .equals(descriptors));
        Deadline.await(
                "no slot is leaked: " + told(StatusFile.Fact.FREE_SLOTS) + " are free of " + SLOTS,
                RunningPostmaster.PATIENCE,
                () -> told(StatusFile.Fact.FREE_SLOTS).equals(Integer.toString(SLOTS)));
        if (!diagram.isState(told(StatusFile.Fact.STATE))) {
            throw new AssertionError("no state of the diagram: " + told(StatusFile.Fact.STATE));
        }
    }

    /** Checkpointer, syslogger, two workers and one backend that waits, and no zombie: a zombie has no command line. */
    private void awaitOnlyThoseWhoStay() {
        boolean alone = Deadline.within(
                RunningPostmaster.PATIENCE,
                () -> Proc.childrenOf(postmaster.pid()).size() == STAYING.size()
                        && STAYING.stream().allMatch(kind -> living(kind).size() == 1));
        if (!alone) {
            throw new AssertionError("these should be " + STAYING + ": "
                    + Proc.childrenOf(postmaster.pid()).stream()
                            .map(pid -> Proc.commandLine(pid).split(" -", 2)[0])
                            .toList()
                    + "; log:\n" + String.join("\n", log.from(Math.max(0, log.size() - 50))));
        }
    }

    /** How many descriptors of each sort; numbers of sockets and pipes differ each time. */
    private Map<String, Integer> openDescriptors() {
        var sorts = new TreeMap<String, Integer>();
        for (String file : Proc.descriptorsOf(postmaster.pid()).values()) {
            sorts.merge(file.replaceAll(":\\[\\d+\\]", ""), 1, Integer::sum);
        }
        return sorts;
    }

    private String told(StatusFile.Fact fact) {
        try {
            return StatusFile.read(new ClusterLayout(postmaster.dataDirectory()))
                    .flatMap(file -> file.get(fact))
                    .orElse("nothing");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fast shutdown; the exit status. */
    int shutDown() {
        postmaster.signal("INT");
        return postmaster.awaitExit();
    }

    @Override
    public void close() {
        postmaster.close();
        disk.ifPresent(SmallDisk::close);
        logs.clear();
        faults.close();
        ForcedExit.sweep();
    }
}
