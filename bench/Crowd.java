import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * More and more clients of a postmaster whose programs echo. Run by {@code bench/rows/children}.
 *
 * <p>Arguments: the port, the postmaster's process, the file that {@link LoopDelay} writes there, how many seconds to
 * measure, and how many clients to have at each step. Prints for each step a line "step", clients, new connections a second
 * beside these, the 99th percentile of the loop's delay meanwhile and that of an idle thread, and both with no new connections,
 * in milliseconds; then "heap" and the bytes that a client more costs the postmaster, and "holding". Ends when the
 * postmaster has hung up on all.
 */
final class Crowd {
    private static final int COMERS = 4;
    private static final byte[] LINE = {'x', '\n'};

    /** The agent writes every tenth of a second. */
    private static final long WRITTEN_MILLIS = 300;

    private record Waits(Samples loop, Samples idleThread) {
        @Override
        public String toString() {
            return String.format("%.3f %.3f", loop.millis(99), idleThread.millis(99));
        }
    }

    private final int port;
    private final Path delays;
    private final long nanos;
    private final List<Socket> held = new ArrayList<>();

    private Crowd(int port, Path delays, long nanos) {
        this.port = port;
        this.delays = delays;
        this.nanos = nanos;
    }

    public static void main(String[] args) throws Exception {
        String postmaster = args[1];
        Crowd crowd = new Crowd(Integer.parseInt(args[0]), Path.of(args[2]), Long.parseLong(args[3]) * 1_000_000_000);
        crowd.comeAndGo();
        long before = heap(postmaster);
        for (String step : Arrays.asList(args).subList(4, args.length)) {
            crowd.growTo(Integer.parseInt(step));
            crowd.measure();
        }
        System.out.printf("heap %.0f%n", (heap(postmaster) - before) / (double) crowd.held.size());
        System.out.println("holding");
        crowd.awaitEnd();
    }

    private void growTo(int count) throws IOException {
        while (held.size() < count) {
            held.add(open());
        }
    }

    private void measure() throws Exception {
        Thread.sleep(1_000);
        long idle = System.nanoTime();
        Thread.sleep(nanos / 1_000_000);
        long busy = System.nanoTime();
        double rate = comeAndGo();
        long end = System.nanoTime();
        Thread.sleep(WRITTEN_MILLIS);
        System.out.printf("step %d %.1f %s %s%n", held.size(), rate, waits(busy, end), waits(idle, busy));
    }

    /** Connections a second of clients who connect, say one line and leave. */
    private double comeAndGo() throws Exception {
        long start = System.nanoTime();
        List<Callable<Integer>> comers = new ArrayList<>();
        for (int i = 0; i < COMERS; i++) {
            comers.add(() -> comeAndGoUntil(start + nanos));
        }
        int all = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(COMERS)) {
            for (Future<Integer> done : threads.invokeAll(comers)) {
                all += done.get();
            }
        }
        return all / ((System.nanoTime() - start) / 1e9);
    }

    private int comeAndGoUntil(long end) throws IOException {
        int done = 0;
        while (System.nanoTime() < end) {
            open().close();
            done++;
        }
        return done;
    }

    /** A client whose program runs: its line came back. */
    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(LINE);
        if (socket.getInputStream().readNBytes(LINE.length).length < LINE.length) {
            throw new IOException("the postmaster hung up on client " + held.size());
        }
        return socket;
    }

    /** What had to wait between two moments: for the loop whose 99th percentile is the highest, and for the idle thread. */
    private Waits waits(long from, long to) throws IOException {
        Map<Integer, Samples> loops = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(delays)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                boolean whole = words.length == 3; // the last one may be half written
                long given = whole ? Long.parseLong(words[1]) : 0;
                if (given >= from && given < to) {
                    loops.computeIfAbsent(Integer.parseInt(words[0]), unknown -> new Samples())
                            .add(Long.parseLong(words[2]));
                }
            }
        }
        Samples idle = loops.remove(LoopDelay.IDLE);
        return loops.values().stream()
                .max((one, other) -> Double.compare(one.millis(99), other.millis(99)))
                .map(worst -> new Waits(worst, idle))
                .orElseThrow(() -> new IOException("no delays in " + delays));
    }

    /** Bytes of the objects that are alive in another JVM. */
    private static long heap(String process) throws IOException {
        Process jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", process, "GC.class_histogram").start();
        try (BufferedReader lines = jcmd.inputReader()) {
            String total = lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no answer from " + process));
            return Long.parseLong(total.trim().split(" +")[2]);
        }
    }

    private void awaitEnd() throws IOException {
        for (Socket socket : held) {
            try (InputStream in = socket.getInputStream()) {
                if (in.read() >= 0) {
                    throw new IOException("a program spoke unasked");
                }
            }
        }
    }
}
