package dev.postmaster.child.syslogger;

import dev.postmaster.cluster.FileModes;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.LogDestination;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The file {@code current_logfiles}, which tells where the log is now (LOG-33). What fails is only logged. */
final class CurrentLogFiles {
    private final Path file;
    private final Path draft;
    private final FileModes modes;

    CurrentLogFiles(Path dataDirectory, FileModes modes) {
        this.file = dataDirectory.resolve("current_logfiles");
        this.draft = dataDirectory.resolve("current_logfiles.tmp");
        this.modes = modes;
    }

    /**
     * Rewrites the file.
     *
     * @param enabled files of destinations that are set; nothing of this leaves no file at all
     */
    void write(Map<RecordForm, Path> enabled, Log log) {
        if (enabled.isEmpty()) {
            attempt("could not remove file \"" + file + "\"", log, () -> Files.deleteIfExists(file));
            return;
        }
        StringBuilder text = new StringBuilder();
        enabled.forEach(
                (form, path) -> text.append(word(form)).append(' ').append(path).append('\n'));
        boolean written = attempt("could not write file \"" + draft + "\"", log, () -> writeDraft(text.toString()));
        if (written) {
            attempt(
                    "could not rename file \"" + draft + "\" to \"" + file + "\"",
                    log,
                    () -> Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE));
        }
    }

    private void writeDraft(String text) throws IOException {
        Files.deleteIfExists(draft);
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, create, modes.file())) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static String word(RecordForm form) {
        return LogDestination.fileOf(form).name().toLowerCase(Locale.ROOT);
    }

    private interface FileWork {
        void run() throws IOException;
    }

    private static boolean attempt(String failure, Log log, FileWork work) {
        try {
            work.run();
            return true;
        } catch (IOException e) {
            log.report(FileErrors.report(Severity.LOG, failure, e));
            return false;
        }
    }
}
