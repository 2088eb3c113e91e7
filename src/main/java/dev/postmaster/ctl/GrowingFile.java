package dev.postmaster.ctl;

import dev.postmaster.report.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file that somebody else writes to, read line by line as far as it has got. */
final class GrowingFile {
    private static final int BLOCK = 1 << 16;

    private final Path path;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    GrowingFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Gives the lines that have become complete since the last time; a file that was emptied is read from its start.
     *
     * @throws CtlFailure if it cannot be read
     */
    void read(Consumer<String> lines) {
        try {
            readOn(lines);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * The same for somebody who has time: a file that is not there says nothing yet, and begins anew when it comes back.
     *
     * @throws CtlFailure if it is there but cannot be read
     */
    void readIfThere(Consumer<String> lines) {
        try {
            readOn(lines);
        } catch (IOException e) {
            if (Files.exists(path)) {
                throw failure(e);
            }
            position = 0;
            unfinished.reset();
        }
    }

    private void readOn(Consumer<String> lines) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < position) {
                position = 0;
                unfinished.reset();
            }
            file.seek(position);
            byte[] block = new byte[BLOCK];
            for (int length = file.read(block); length > 0; length = file.read(block)) {
                position += length;
                split(block, length, lines);
            }
        }
    }

    private CtlFailure failure(IOException e) {
        return CtlFailure.of("could not read log file \"" + path + "\": " + FileErrors.words(e));
    }

    private void split(byte[] block, int length, Consumer<String> lines) {
        for (int i = 0; i < length; i++) {
            if (block[i] == '\n') {
                lines.accept(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
            } else {
                unfinished.write(block[i]);
            }
        }
    }
}
