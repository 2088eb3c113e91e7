package dev.postmaster.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The process table by {@code /proc} (proc(5)). */
final class ProcFs implements ProcessTable {
    private static final Path PROC = Path.of("/proc");

    @Override
    public List<Pid> withEnvironment(String line) {
        String wanted = "\0" + line + "\0";
        var found = new ArrayList<Pid>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                int number = Integer.parseInt(process.getFileName().toString());
                // A zombie's environment is empty. The pid 1 is nobody's descendant.
                if (number > 1 && ("\0" + read(process.resolve("environ"))).contains(wanted)) {
                    found.add(new Pid(number));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e.getCause());
        }
        return found;
    }

    @Override
    public ProcessCondition examine(Pid pid) {
        Path process = PROC.resolve(pid.toString());
        String status = read(process.resolve("status"));
        String resident = field(status, "VmRSS:").replace(" kB", "");
        return new ProcessCondition(
                field(status, "State:"),
                read(process.resolve("wchan")),
                functions(read(process.resolve("stack"))),
                resident.isEmpty() ? -1 : Long.parseLong(resident),
                count(process.resolve("fd")));
    }

    /** The value behind a label at the beginning of a line. */
    private static String field(String status, String label) {
        return status.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** From lines such as {@code [<0>] do_signal_stop+0x1c3/0x200} to the names. */
    static String functions(String stack) {
        var names = new StringJoiner(" < ");
        stack.lines().forEach(line -> {
            String place = line.substring(line.indexOf(']') + 1).strip();
            names.add(place.contains("+") ? place.substring(0, place.indexOf('+')) : place);
        });
        return names.toString();
    }

    private static int count(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            int count = 0;
            for (Path ignored : entries) {
                count++;
            }
            return count;
        } catch (IOException e) {
            return -1;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
