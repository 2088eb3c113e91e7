package dev.postmaster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the kernel itself says about a process: {@code /proc} read by the tests, never by asking the program under test. */
final class Proc {
    private static final int FIELD_STATE = 0;
    private static final int FIELD_PARENT = 1;
    private static final int FIELD_SESSION = 3;
    private static final int FIELD_USER_TIME = 11;

    private Proc() {}

    /** The live children of a process, zombies included. */
    static List<Integer> childrenOf(long parent) {
        var children = new ArrayList<Integer>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                int pid = Integer.parseInt(process.getFileName().toString());
                if (stat(pid, FIELD_PARENT).equals(Long.toString(parent))) {
                    children.add(pid);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return children;
    }

    /** The children whose command line says they are of this kind, as in {@code --forkchild=backend}. */
    static List<Integer> childrenOf(long parent, String kind) {
        return childrenOf(parent).stream()
                .filter(pid -> commandLine(pid).contains("--forkchild=" + kind))
                .toList();
    }

    static boolean exists(long pid) {
        return Files.exists(Path.of("/proc", Long.toString(pid)));
    }

    /** Waits until a process is gone and reaped. */
    static void awaitGone(long pid) {
        Deadline.await("process " + pid + " is gone", RunningPostmaster.PATIENCE, () -> !exists(pid));
    }

    /** Waits until a process has ended whose parent may be anybody, also one that does not reap. */
    static void awaitEnd(long pid) {
        Deadline.await(
                "process " + pid + " has ended", RunningPostmaster.PATIENCE, () -> !exists(pid) || isZombie(pid));
    }

    /** Stopped by a signal; one that is gone stands still as well. */
    static boolean isStopped(long pid) {
        return !exists(pid) || stat(pid, 0).equals("T");
    }

    static boolean isZombie(long pid) {
        return stat(pid, FIELD_STATE).equals("Z");
    }

    static long sessionOf(long pid) {
        return Long.parseLong(stat(pid, FIELD_SESSION));
    }

    static long parentOf(long pid) {
        return Long.parseLong(stat(pid, FIELD_PARENT));
    }

    /** User CPU time in clock ticks (1/100 s). */
    static long cpuTicks(long pid) {
        String ticks = stat(pid, FIELD_USER_TIME);
        return ticks.isEmpty() ? 0 : Long.parseLong(ticks);
    }

    static String commandLine(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
    }

    /** The memory map, as text: a line for each mapped file. */
    static String mapsOf(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "maps"));
    }

    /** Open descriptors: number to what it points at, as {@code ls -l /proc/<pid>/fd} shows it; none of one that is gone. */
    static Map<Integer, String> descriptorsOf(long pid) {
        var descriptors = new TreeMap<Integer, String>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path link : links) {
                put(descriptors, link);
            }
        } catch (NoSuchFileException gone) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return descriptors;
    }

    /** How many pipes and sockets it has open: what comes and goes with clients and children. */
    static long channelsOf(long pid) {
        return descriptorsOf(pid).values().stream()
                .filter(file -> file.startsWith("pipe:") || file.startsWith("socket:"))
                .count();
    }

    /** A descriptor that was closed meanwhile is none. */
    private static void put(Map<Integer, String> descriptors, Path link) throws IOException {
        try {
            descriptors.put(
                    Integer.parseInt(link.getFileName().toString()),
                    Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException closedMeanwhile) {
            return;
        }
    }

    private static String stat(long pid, int field) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        // The command name is in parentheses and may hold blanks and parentheses itself.
        int afterName = stat.lastIndexOf(')');
        return afterName < 0 ? "" : stat.substring(afterName + 2).split(" ", -1)[field];
    }

    /** A file's text, each byte a character; empty if it cannot be read. */
    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
