package dev.postmaster.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * Kills, stops and disturbs children at random while clients commit, fills the disk and frees it, and looks after each step
 * whether what must hold still holds. The seed decides what is done to which kind; which process that hits also depends on
 * time.
 */
final class Chaos implements AutoCloseable {
    private static final int CLIENTS = 6;
    private static final int STEPS_BETWEEN_RESTS = 10;

    /** What a syslogger takes along that dies: the words of this time before its end. */
    private static final Duration LOST_WORDS = Duration.ofSeconds(5);

    private final ChaosSystem system;
    private final Random random;
    private final Instant begin = Instant.now();
    private final AtomicBoolean working = new AtomicBoolean(true);
    private final List<ChaosClient> clients = new ArrayList<>();
    private final List<Future<?>> runs = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Acceptance acceptance = new Acceptance();
    private int steps;
    private int starts;
    private int unheard;
    private Instant loggerHit = Instant.MIN;

    Chaos(ChaosSystem system, long seed) throws SQLException {
        this.system = system;
        this.random = new Random(seed);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new ChaosClient(system.postmaster(), i, working, acceptance::served));
        }
        system.noteDescriptors();
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
        return steps + " steps, " + total(ChaosClient::acknowledged) + " commits acknowledged and found again, "
                + total(ChaosClient::lostSessions) + " sessions lost or refused, " + total(ChaosClient::refused)
                + " rows refused by a full disk, " + starts + " orderly ends, " + unheard
                + " deaths whose word went down with the logger; " + acceptance;
    }

    private long total(ToLongFunction<ChaosClient> count) {
        return clients.stream().mapToLong(count).sum();
    }

    private void step() {
        int log = system.log().size();
        ChaosDeed deed = ChaosDeed.any(random);
        steps++;
        Blow blow = deed.doTo(system, random);
        say(blow.what());
        if (blow.pause().isPositive()) {
            park(blow.pause());
            blow.relief().run();
        }
        look(blow, log);
        system.checkMoves();
        checkClients();
        park(Duration.ofMillis(random.nextLong(50, 500)));
    }

    /** Waits for what must follow from a blow, and for a client to be served. */
    private void look(Blow blow, int log) {
        boolean crash = blow.deadly() && isCrash(blow, log);
        boolean everybodys = crash && system.isEverybodys(blow.kind());
        if (everybodys) {
            Deadline.await(
                    "the system starts over or ends",
                    RunningPostmaster.PATIENCE,
                    () -> system.hasStartedOver(log, blow.victim()) || isEnding(log));
            acceptance.nobodyIsServed();
        }
        system.awaitAcceptance();
        acceptance.served();
        if (isEnding(log) || !system.postmaster().isRunning()) {
            system.startAgain(log, blow.kind().equals("startup"));
            starts++;
            say("it ended in order and was started again");
        } else if (everybodys) {
            say(acceptance.since(blow.at(), system.readyAgain(log, blow.victim())));
        }
    }

    /** A deadly blow is in the log, unless its words were lost with those who write it; then nothing can be said. */
    private boolean isCrash(Blow blow, int log) {
        boolean excused = blow.at().isBefore(loggerHit.plus(LOST_WORDS));
        if (blow.kind().equals("syslogger")) {
            loggerHit = blow.at();
        }
        if (Deadline.within(ChaosSystem.HEARSAY, () -> system.isToldOf(log, blow.victim()))) {
            return system.isMourned(log, blow.victim());
        }
        if (!excused) {
            throw new AssertionError("nobody tells of " + blow.what() + "; log:\n"
                    + String.join("\n", system.log().from(log)));
        }
        unheard++;
        return false;
    }

    private boolean isEnding(int log) {
        return system.log().says(log, line -> line.endsWith("shutting down due to startup process failure"));
    }

    /** Nobody works for a moment: what is still there now was leaked. */
    private void rest() {
        working.set(false);
        system.disk().ifPresent(SmallDisk::free);
        if (system.postmaster().isRunning()) {
            system.checkNothingIsLeaked();
        }
        try (Connection connection = system.postmaster().connect()) {
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

    private void say(String what) {
        System.out.printf(
                "chaos %8d ms  #%d %s%n", Duration.between(begin, Instant.now()).toMillis(), steps, what);
    }

    private static void park(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    @Override
    public void close() {
        working.set(false);
        threads.shutdownNow();
    }
}
