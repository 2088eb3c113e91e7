import dev.postmaster.logpipe.ChunkWriter;
import dev.postmaster.logpipe.RecordForm;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes records into the pipe of a log collector, as eight processes would, and measures how long it takes until all of
 * them are in its files. Run by {@code bench/rows/log}.
 *
 * <p>Arguments: the pipe, the directory of the files, {@code chunks} or {@code lines}, how many records a writer
 * writes, and how many of them with each write(2); the first is a multiple of the second. Prints records a second.
 */
final class LogBench {
    private static final int WRITERS = 8;
    private static final int LINE = 512;

    /** What a pipe takes in one piece. */
    private static final int PIPE_BUF = 4096;

    public static void main(String[] args) throws Exception {
        Path pipe = Path.of(args[0]);
        Path directory = Path.of(args[1]);
        boolean chunks = args[2].equals("chunks");
        int records = Integer.parseInt(args[3]);
        int atOnce = Integer.parseInt(args[4]);
        long expected = size(directory) + (long) WRITERS * records * LINE;
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int pid = 100_000 + i;
            writers.add(Thread.ofPlatform().unstarted(() -> write(pipe, writes(chunks, pid, atOnce), records / atOnce)));
        }
        long start = System.nanoTime();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        while (size(directory) < expected) {
            Thread.sleep(1);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%.0f%n", WRITERS * records / seconds);
    }

    /** What one write consists of: so many records, as chunks or as lines. */
    private static byte[] writes(boolean chunks, int pid, int atOnce) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ChunkWriter writer = new ChunkWriter(bytes, pid);
        for (int i = 0; i < atOnce; i++) {
            if (chunks) {
                writer.write(RecordForm.TEXT, line(pid));
            } else {
                bytes.writeBytes(line(pid));
            }
        }
        if (bytes.size() > PIPE_BUF) {
            throw new IllegalArgumentException("writes of " + bytes.size() + " bytes would mix");
        }
        return bytes.toByteArray();
    }

    /** Each has the pipe open for itself, as a process has. */
    private static void write(Path pipe, byte[] bytes, int times) {
        try (FileOutputStream out = new FileOutputStream(pipe.toFile(), true)) {
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] line(int pid) {
        String text = "2026-11-22 17:00:00.123 UTC [" + pid + "] LOG:  ";
        return (text + "x".repeat(LINE - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
        }
    }
}
