package dev.postmaster.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A log file as it grows, line by line. */
final class CollectedLog {
    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private long read;
    private String unfinished = "";

    CollectedLog(Path file) {
        this.file = file;
    }

    /** How many lines there are by now. */
    synchronized int size() {
        readOn();
        return lines.size();
    }

    /** The lines from this number on. */
    synchronized List<String> from(int first) {
        readOn();
        return List.copyOf(lines.subList(first, lines.size()));
    }

    boolean says(int first, Predicate<String> line) {
        return from(first).stream().anyMatch(line);
    }

    private void readOn() {
        if (!Files.exists(file)) {
            return;
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] more = new byte[(int) (in.length() - read)];
            in.seek(read);
            in.readFully(more);
            read += more.length;
            String text = unfinished + new String(more, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(lines::add);
            unfinished = text.substring(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
