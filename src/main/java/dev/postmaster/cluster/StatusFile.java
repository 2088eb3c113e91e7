package dev.postmaster.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code postmaster.status}: what the postmaster would answer if it were asked how it is, for tools that must not disturb
 * it. Plain text, a line for each fact, {@code name = value}; {@code exit.KIND} tells how the last child of a kind ended.
 * Its modification time is the heartbeat of the postmaster's loop. It is not made durable: it is news, not data.
 *
 * @param facts what is known now
 * @param exits how the last child of each kind ended, by the name of the kind
 * @param workers how each background worker stands, by its name
 * @param programs the children that run a program of somebody else, which cannot say themselves what they are, by pid
 * @param heartbeat when the loop was last seen at work
 */
public record StatusFile(
        Map<Fact, String> facts,
        Map<String, String> exits,
        Map<String, WorkerStatus> workers,
        Map<Integer, Program> programs,
        Instant heartbeat) {
    private static final String ASSIGNMENT = " = ";
    private static final String EXIT = "exit.";
    private static final String WORKER = "worker.";
    private static final String PROGRAM = "program.";

    /**
     * A program of somebody else.
     *
     * @param kind what it is there for, by the name of the kind
     * @param client whom it serves; empty if nobody
     */
    public record Program(String kind, String client) {
        private String text() {
            return (kind + " " + client).strip();
        }

        private static Program parse(String text) {
            String[] words = text.split(" ", 2);
            return new Program(words[0], words.length > 1 ? words[1] : "");
        }
    }

    /** The facts, in the order of the lines. Times are ISO 8601 in UTC. */
    public enum Fact {
        PID,
        STARTED,
        /** The phase, by its name in postmaster.c. */
        STATE,
        /** The shutdown that was asked for: none, smart, fast, immediate. */
        SHUTDOWN,
        /** Whether a crash is being recovered from: yes or no. */
        CRASH_CYCLE,
        /** Since when the three lines above hold. */
        SINCE,
        /** What happened then. */
        CAUSE,
        /** How the last crash cycle began; no line if there was none. */
        LAST_CRASH,
        /** What the phase waits for, in words. */
        WAITS_FOR,
        /** The kinds of child whose next move it waits for, with a comma between them. */
        AWAITED_KINDS,
        /** The next deadline and what happens then; no line if there is none. */
        DEADLINE,
        /** What a client would be told; "welcome" if it would get a session. */
        CLIENTS,
        SESSIONS,
        FREE_SLOTS,
        /** Clients that wait for a backend. */
        CLIENTS_IN_LINE,
        /** Clients that have not said who they are yet. */
        WAITING_CLIENTS,
        /** Log records that did not reach the console, or not even the log; no line without a log collector. */
        LOG_RECORDS_DROPPED;

        private String line() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StatusFile {
        facts = new EnumMap<>(facts);
        exits = new LinkedHashMap<>(exits);
        workers = new LinkedHashMap<>(workers);
        programs = new LinkedHashMap<>(programs);
    }

    /** The value of a fact; empty if it is not told. */
    public Optional<String> get(Fact fact) {
        return Optional.ofNullable(facts.get(fact));
    }

    /** Whether nothing has changed but the time. */
    public boolean saysTheSameAs(StatusFile other) {
        return facts.equals(other.facts)
                && exits.equals(other.exits)
                && workers.equals(other.workers)
                && programs.equals(other.programs);
    }

    /** Replaces the file at once: a reader finds the old or the new text, whole. */
    public void write(ClusterLayout layout) throws IOException {
        Path draft = layout.statusFile().resolveSibling(layout.statusFile().getFileName() + ".tmp");
        try {
            Files.writeString(draft, text());
            Files.move(draft, layout.statusFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        beat(layout, heartbeat);
    }

    /** Says only that the loop is at work. */
    public static void beat(ClusterLayout layout, Instant now) throws IOException {
        Files.setLastModifiedTime(layout.statusFile(), FileTime.from(now));
    }

    /** At the end of the postmaster; a file that stays is told from a current one by its pid. */
    public static void delete(ClusterLayout layout) {
        try {
            Files.deleteIfExists(layout.statusFile());
        } catch (IOException e) {
            return; // nobody to tell, and nothing follows from it
        }
    }

    /** What the file says; empty if there is none, because no postmaster of this cluster has got far enough. */
    public static Optional<StatusFile> read(ClusterLayout layout) throws IOException {
        try {
            Instant heartbeat = Files.getLastModifiedTime(layout.statusFile()).toInstant();
            var reading = new Reading();
            Files.readAllLines(layout.statusFile()).forEach(reading::put);
            return Optional.of(
                    new StatusFile(reading.facts, reading.exits, reading.workers, reading.programs, heartbeat));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private String text() {
        var text = new StringBuilder();
        facts.forEach((fact, value) -> line(text, fact.line(), value));
        exits.forEach((kind, value) -> line(text, EXIT + kind, value));
        workers.forEach((name, worker) -> line(text, WORKER + name, worker.text()));
        programs.forEach((pid, program) -> line(text, PROGRAM + pid, program.text()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(harmless(name)).append(ASSIGNMENT).append(harmless(value)).append('\n');
    }

    private static String harmless(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    /** A file in the making. */
    private static final class Reading {
        private final Map<Fact, String> facts = new EnumMap<>(Fact.class);
        private final Map<String, String> exits = new LinkedHashMap<>();
        private final Map<String, WorkerStatus> workers = new LinkedHashMap<>();
        private final Map<Integer, Program> programs = new LinkedHashMap<>();

        /** An unknown name is one of a later version: no reason to tell less. */
        void put(String line) {
            int at = line.indexOf(ASSIGNMENT);
            if (at < 0) {
                return;
            }
            String name = line.substring(0, at);
            String value = line.substring(at + ASSIGNMENT.length());
            if (name.startsWith(EXIT)) {
                exits.put(name.substring(EXIT.length()), value);
            }
            if (name.startsWith(WORKER)) {
                WorkerStatus.parse(value).ifPresent(worker -> workers.put(name.substring(WORKER.length()), worker));
            }
            if (name.matches(PROGRAM + "\\d{1,9}")) {
                programs.put(Integer.valueOf(name.substring(PROGRAM.length())), Program.parse(value));
            }
            for (Fact fact : Fact.values()) {
                if (fact.line().equals(name)) {
                    facts.put(fact, value);
                }
            }
        }
    }
}
