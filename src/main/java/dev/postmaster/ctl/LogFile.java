package dev.postmaster.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that the log goes to, and how its lines are to be read. */
record LogFile(GrowingFile content, LogForm form) {
    private static final String TEXT = "stderr ";
    private static final String JSON = "jsonlog ";
    private static final String CSV = "csvlog ";

    /**
     * The file that {@code current_logfiles} names (LOG-33): the text, because it was made to be read, else another.
     *
     * @param structured whether it must tell more than the text does
     */
    static Optional<LogFile> named(Target target, boolean structured) {
        List<String> lines = target.lines(target.asNamed(target.layout().currentLogFiles()));
        Optional<LogFile> text = structured ? Optional.empty() : find(lines, TEXT, target, new TextLogForm());
        return text.or(() -> find(lines, JSON, target, new JsonLogForm()))
                .or(() -> find(lines, CSV, target, new CsvLogForm()));
    }

    private static Optional<LogFile> find(List<String> lines, String destination, Target target, LogForm form) {
        for (String line : lines) {
            if (line.startsWith(destination)) {
                Path path = target.directory().resolve(line.substring(destination.length()));
                return Optional.of(new LogFile(new GrowingFile(path), form));
            }
        }
        return Optional.empty();
    }

    /** The file that a process's standard error was redirected to, as {@code pmctl start -l} does. */
    static Optional<LogFile> standardErrorOf(long pid) {
        try {
            Path file = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/2"));
            return Files.isRegularFile(file)
                    ? Optional.of(new LogFile(new GrowingFile(file), new TextLogForm()))
                    : Optional.empty();
        } catch (IOException hidden) {
            return Optional.empty();
        }
    }

    Path path() {
        return content.path();
    }
}
