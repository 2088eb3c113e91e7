import java.util.ArrayList;
import java.util.List;

/**
 * Connects to servers in turns, and measures the time from connect to ReadyForQuery. Run by {@code bench/rows/ready}.
 *
 * <p>Arguments: the pause before each connect in milliseconds, how many connects a server, and the servers' ports.
 * Prints for each server a line with median and 99th percentile in milliseconds.
 */
final class ConnectToReady {
    private static final int WARM_UP = 10;

    public static void main(String[] args) throws Exception {
        long pause = Long.parseLong(args[0]);
        int connects = Integer.parseInt(args[1]);
        List<Integer> ports = new ArrayList<>();
        List<Samples> samples = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            ports.add(Integer.parseInt(args[i]));
            samples.add(new Samples());
        }
        for (int i = -WARM_UP; i < connects; i++) {
            for (int server = 0; server < ports.size(); server++) {
                Thread.sleep(pause);
                long took = connect(ports.get(server));
                if (i >= 0) {
                    samples.get(server).add(took);
                }
            }
        }
        for (Samples took : samples) {
            System.out.printf("%.3f %.3f%n", took.millis(50), took.millis(99));
        }
    }

    private static long connect(int port) throws Exception {
        long start = System.nanoTime();
        try (PgSession session = new PgSession(port)) {
            session.awaitReady();
            return System.nanoTime() - start;
        }
    }
}
