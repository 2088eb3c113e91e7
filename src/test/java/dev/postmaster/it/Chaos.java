package dev.postmaster.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills, stops and disturbs children at random while clients commit, and looks after each step whether what must hold
 * still holds. The seed decides what is done to which kind; which process that hits also depends on time.
 */
final class Chaos implements AutoCloseable {
    private static final int CLIENTS = 6;
    private static final int STEPS_BETWEEN_RESTS = 10;
    private static final Duration PROMISE = Duration.ofSeconds(2);
    private static final Duration HEARSAY = Duration.ofSeconds(1);
    private static final List<String> KINDS = List.of("backend", "backend", "checkpointer");
    private static final List<String> SIGNALS = List.of("KILL", "SEGV", "TERM", "QUIT", "STOP", "HUP");

    /** What makes a crash of a child; the others end it in good order, or not at all. */
    private static final List<String> DEADLY = List.of("KILL", "SEGV", "QUIT");

    private final RunningPostmaster postmaster;
    private final boolean resetting;
    private final Random random;
    private final Instant begin = Instant.now();
    private final AtomicBoolean working = new AtomicBoolean(true);
    private final List<ChaosClient> clients = new ArrayList<>();
    private final List<Future<?>> runs = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> descriptors;
    private final List<Duration> late = new ArrayList<>();
    private int steps;
    private Duration slowest = Duration.ZERO;

    /** @param resetting whether the crash of a session is everybody's */
    Chaos(RunningPostmaster postmaster, boolean resetting, long seed) throws SQLException {
        this.postmaster = postmaster;
        this.resetting = resetting;
        this.random = new Random(seed);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new ChaosClient(postmaster, i, working));
        }
        awaitNoBackends();
        descriptors = descriptors();
        clients.forEach(client -> runs.add(threads.submit(client)));
    }

    void run(Duration length) {
        while (Duration.between(begin, Instant.now()).compareTo(length) < 0) {
            step();
            if (steps % STEPS_BETWEEN_RESTS == 0) {
                rest();
            }
        }
        rest();
    }

    /** What was done, in one line. */
    String summary() {
        return steps + " steps, "
                + clients.stream().mapToLong(ChaosClient::acknowledged).sum()
                + " commits acknowledged and found again, "
                + clients.stream().mapToLong(ChaosClient::lostSessions).sum() + " sessions lost or refused; slowest "
                + slowest.toMillis() + " ms to accept again, " + late.size() + " times later than " + PROMISE.toMillis()
                + " ms" + (late.isEmpty() ? "" : ": " + late);
    }

    private void step() {
        String kind = pick(KINDS);
        String signal = pick(SIGNALS);
        long pause = random.nextLong(50, 500);
        List<Integer> alive = Proc.childrenOf(postmaster.pid(), kind);
        if (alive.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            return;
        }
        int victim = alive.get(random.nextInt(alive.size()));
        steps++;
        say("SIG" + signal + " to " + kind + " " + victim);
        long resets = resets();
        Instant asked = Instant.now();
        boolean hit = tryToSignal(victim, signal);
        if (signal.equals("STOP")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            tryToSignal(victim, "CONT");
        }
        boolean reset = resetting || kind.equals("checkpointer");
        if (hit && reset && DEADLY.contains(signal) && Deadline.within(HEARSAY, () -> isReported(victim))) {
            Deadline.await("the system starts over", RunningPostmaster.PATIENCE, () -> resets() > resets);
        }
        awaitAcceptance(asked);
        checkClients();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
    }

    /** It may just have left by itself. */
    private static boolean tryToSignal(int pid, String signal) {
        boolean lives = !Proc.isZombie(pid);
        return Outcome.of(new ProcessBuilder("kill", "-" + signal, Integer.toString(pid)))
                                .status()
                        == 0
                && lives;
    }

    /** Only a crash is; a session that was about to leave anyway may have been quicker than the signal. */
    private boolean isReported(int victim) {
        return postmaster.log().stream().anyMatch(line -> line.contains("process (PID " + victim + ") "));
    }

    private long resets() {
        return postmaster.log().stream()
                .filter(line -> line.endsWith("all server processes terminated; reinitializing"))
                .count();
    }

    private void awaitAcceptance(Instant asked) {
        Deadline.await("a client is served again", RunningPostmaster.PATIENCE, this::isServed);
        Duration took = Duration.between(asked, Instant.now());
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        if (took.compareTo(PROMISE) > 0) {
            say("accepted " + took.minus(PROMISE).toMillis() + " ms later than promised");
            late.add(took);
        }
    }

    private boolean isServed() {
        try (Connection connection = postmaster.connect()) {
            return connection.createStatement().execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** Nobody works for a moment: what is still there now was leaked. */
    private void rest() {
        working.set(false);
        awaitNoBackends();
        Deadline.await(
                "no descriptor is leaked, expected " + descriptors, RunningPostmaster.PATIENCE, () -> descriptors()
                        .equals(descriptors));
        try (Connection connection = postmaster.connect()) {
            for (ChaosClient client : clients) {
                client.check(connection);
            }
        } catch (SQLException e) {
            throw new AssertionError("no session in a moment of rest", e);
        }
        checkClients();
        say("all is well; " + summary());
        working.set(true);
    }

    private void checkClients() {
        if (!postmaster.isRunning()) {
            throw new AssertionError("the postmaster is gone; log:\n" + String.join("\n", postmaster.log()));
        }
        List<String> violations = clients.stream()
                .map(ChaosClient::violation)
                .filter(Objects::nonNull)
                .toList();
        if (violations.isEmpty() && runs.stream().anyMatch(Future::isDone)) {
            throw new AssertionError("a client has stopped by itself");
        }
        if (!violations.isEmpty()) {
            throw new AssertionError("commits were lost or invented: " + violations);
        }
    }

    /** Only the checkpointer is left, and no zombie: a zombie has no command line. */
    private void awaitNoBackends() {
        Deadline.await("every session's process is reaped", RunningPostmaster.PATIENCE, () -> {
            List<Integer> children = Proc.childrenOf(postmaster.pid());
            return children.size() == 1 && children.equals(Proc.childrenOf(postmaster.pid(), "checkpointer"));
        });
    }

    /** How many descriptors of each sort; numbers of sockets and pipes differ each time. */
    private Map<String, Integer> descriptors() {
        var sorts = new TreeMap<String, Integer>();
        for (String file : Proc.descriptorsOf(postmaster.pid()).values()) {
            sorts.merge(file.replaceAll(":\\[\\d+\\]", ""), 1, Integer::sum);
        }
        return sorts;
    }

    private void say(String what) {
        System.out.printf(
                "chaos %8d ms  #%d %s%n", Duration.between(begin, Instant.now()).toMillis(), steps, what);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public void close() {
        working.set(false);
        threads.shutdownNow();
    }
}
