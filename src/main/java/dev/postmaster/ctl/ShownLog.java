package dev.postmaster.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A file that the log goes to, and how its lines are to be read. */
record ShownLog(GrowingFile content, LogForm form) {
    private static final String TEXT = "stderr ";
    private static final String JSON = "jsonlog ";
    private static final String CSV = "csvlog ";

    /**
     * The file that {@code current_logfiles} names (LOG-33): the text, because it was made to be read, else another.
     *
     * @param structured whether it must tell more than the text does
     */
    static Optional<ShownLog> named(Target target, boolean structured) {
        List<String> lines = target.lines(target.asNamed(target.layout().currentLogFiles()));
        Optional<ShownLog> text = structured ? Optional.empty() : find(lines, TEXT, target, new TextLogForm());
        return text.or(() -> find(lines, JSON, target, new JsonLogForm()))
                .or(() -> find(lines, CSV, target, new CsvLogForm()));
    }

    private static Optional<ShownLog> find(List<String> lines, String destination, Target target, LogForm form) {
        for (String line : lines) {
            if (line.startsWith(destination)) {
                Path path = target.directory().resolve(line.substring(destination.length()));
                return Optional.of(new ShownLog(new GrowingFile(path), form));
            }
        }
        return Optional.empty();
    }

    /** The file that a process's standard error was redirected to, as {@code pmctl start -l} does. */
    static Optional<ShownLog> standardErrorOf(long pid) {
        try {
            Path file = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/2"));
            return Files.isRegularFile(file)
                    ? Optional.of(new ShownLog(new GrowingFile(file), new TextLogForm()))
                    : Optional.empty();
        } catch (IOException hidden) {
            return Optional.empty();
        }
    }

    Path path() {
        return content.path();
    }

    /** The files of the same kind in the same directory, in the order in which they were last written to. */
    List<Path> family() {
        try (Stream<Path> files = Files.list(path().getParent())) {
            return files.filter(file -> suffix(file).equals(suffix(path())))
                    .sorted(Comparator.comparing(ShownLog::lastWritten).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException hidden) {
            return List.of();
        }
    }

    private static FileTime lastWritten(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** Whether the other is of the same family. */
    boolean isKin(ShownLog other) {
        return suffix(path()).equals(suffix(other.path()))
                && Objects.equals(path().getParent(), other.path().getParent());
    }

    /** Another file of the family, to be read from its beginning. */
    ShownLog sibling(Path file) {
        LogForm anew =
                switch (form) {
                    case TextLogForm text -> new TextLogForm();
                    case JsonLogForm json -> new JsonLogForm();
                    case CsvLogForm csv -> new CsvLogForm();
                };
        return new ShownLog(new GrowingFile(file), anew);
    }

    private static String suffix(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
