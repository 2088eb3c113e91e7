package dev.postmaster.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a process prints, line by line, as it comes. */
final class PrintedLog {
    private static final int LOOK_MILLIS = 200;

    private final List<String> lines = new ArrayList<>();
    private final Process process;
    private boolean complete;

    PrintedLog(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("log of " + process.pid()).start(this::collect);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until {@code text} was printed this many times. */
    synchronized void await(String text, int times) {
        Instant end = Instant.now().plus(RunningPostmaster.PATIENCE);
        try {
            while (count(text) < times) {
                long left = Duration.between(Instant.now(), end).toMillis();
                if (left <= 0 || (complete && !process.isAlive())) {
                    throw new AssertionError("not logged: " + text + "; log:\n" + String.join("\n", lines));
                }
                wait(Math.min(left, LOOK_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until all is read that was printed; not for ever, because whoever outlives the process may hold its output. */
    synchronized void awaitEnd(Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        for (long left = limit.toMillis();
                !complete && left > 0;
                left = Duration.between(Instant.now(), end).toMillis()) {
            wait(left);
        }
    }

    private long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    private void collect() {
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                add(line);
            }
        } catch (IOException endOfOutput) {
            return;
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        complete = true;
        notifyAll();
    }
}
