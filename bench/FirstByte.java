import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the time until a backend, or a program that somebody starts, has its first byte out, in turns. Run by {@code
 * bench/rows/child-start}.
 *
 * <p>Arguments: the port of a server that launches a backend for each client, how many times, and the program with its
 * arguments. Prints both medians in milliseconds.
 */
final class FirstByte {
    /** So that the last process is gone before the next one is measured. */
    private static final long PAUSE_MILLIS = 200;

    private static final int WARM_UP = 3;

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int times = Integer.parseInt(args[1]);
        List<String> program = Arrays.asList(args).subList(2, args.length);
        Samples child = new Samples();
        Samples hello = new Samples();
        for (int i = -WARM_UP; i < times; i++) {
            long ofChild = ofChild(port);
            long ofProgram = ofProgram(program);
            if (i >= 0) {
                child.add(ofChild);
                hello.add(ofProgram);
            }
        }
        System.out.printf("%.2f %.2f%n", child.millis(50), hello.millis(50));
    }

    private static long ofChild(int port) throws Exception {
        Thread.sleep(PAUSE_MILLIS);
        long start = System.nanoTime();
        try (PgSession session = new PgSession(port)) {
            session.awaitFirstByte();
            long took = System.nanoTime() - start;
            session.awaitReady();
            return took;
        }
    }

    private static long ofProgram(List<String> command) throws Exception {
        Thread.sleep(PAUSE_MILLIS);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).start();
        try (InputStream out = process.getInputStream()) {
            if (out.read() < 0) {
                throw new IOException("nothing came of " + command);
            }
            long took = System.nanoTime() - start;
            process.waitFor();
            return took;
        }
    }
}
