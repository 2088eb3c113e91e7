package dev.postmaster.inspection;

import dev.postmaster.os.ProcStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The processes of this machine, as {@code /proc} shows them at one moment, by who is whose child. */
public final class ProcessTree {
    private static final String KIND = "--forkchild=";

    private final Map<Integer, Entry> entries;

    private ProcessTree(Map<Integer, Entry> entries) {
        this.entries = entries;
    }

    /**
     * A process.
     *
     * @param kind the kind of child that its arguments say it is, or its command
     */
    public record Entry(int pid, String kind, ProcStat stat) {
        /** What the kernel says it does. */
        String kernelState() {
            return switch (stat.state()) {
                case 'R' -> "running";
                case 'S', 'I' -> "sleeping";
                case 'D' -> "disk sleep";
                case 'T', 't' -> "stopped";
                case 'Z' -> "zombie";
                case 'X' -> "dead";
                default -> "?";
            };
        }

        boolean isStopped() {
            return "Tt".indexOf(stat.state()) >= 0;
        }

        /** Whether the kernel's state matters more than what the process says of itself. */
        boolean isOutOfAction() {
            return "TtZX".indexOf(stat.state()) >= 0;
        }
    }

    /**
     * Looks at all processes, one after the other.
     *
     * @throws UncheckedIOException if {@code /proc} cannot be listed, as when there is no descriptor left
     */
    public static ProcessTree read() {
        var entries = new TreeMap<Integer, Entry>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                int pid = Integer.parseInt(String.valueOf(process.getFileName()));
                ProcStat stat = ProcStat.of(pid);
                entries.put(pid, new Entry(pid, kind(process, stat.command()), stat));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProcessTree(entries);
    }

    List<Entry> childrenOf(int parent) {
        var children = new ArrayList<Entry>();
        for (Entry entry : entries.values()) {
            if (entry.stat().parent() == parent) {
                children.add(entry);
            }
        }
        return children;
    }

    private static String kind(Path process, String command) {
        for (String argument : commandLine(process).split("\0", -1)) {
            if (argument.startsWith(KIND)) {
                return argument.substring(KIND.length());
            }
        }
        return command;
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
