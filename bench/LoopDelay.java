import java.io.IOException;
import java.io.PrintWriter;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * An agent in a postmaster that gives each event loop a thing to do every two milliseconds, whether the last was done or not, and
 * writes down how long each thing had to wait. A thread that does nothing else is treated likewise: it tells what the machine is
 * to blame for. Run by {@code bench/rows/children}.
 *
 * <p>Its argument is the file: lines "loop, when it was given in {@link System#nanoTime}, nanoseconds it waited". Loops
 * have numbers; the thread is number {@value #IDLE}.
 */
final class LoopDelay {
    private static final long PERIOD_NANOS = 2_000_000;
    private static final int PERIODS_A_WRITE = 50;

    static final int IDLE = 0;

    private record Delay(int loop, long given, long waited) {}

    public static void premain(String file, Instrumentation instrumentation) {
        Thread.ofPlatform().daemon().name("loop-delay").start(() -> run(Path.of(file), instrumentation));
    }

    private static void run(Path file, Instrumentation instrumentation) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            List<Executor> executors = new ArrayList<>();
            executors.add(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
            executors.addAll(loops(vertx(instrumentation)));
            Queue<Delay> delays = new ConcurrentLinkedQueue<>();
            long next = System.nanoTime();
            for (long period = 0; ; period++) {
                next += PERIOD_NANOS;
                sleepUntil(next);
                for (int i = 0; i < executors.size(); i++) {
                    give(i, executors.get(i), delays);
                }
                if (period % PERIODS_A_WRITE == 0) {
                    write(delays, out);
                }
            }
        } catch (IOException | ReflectiveOperationException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void give(int number, Executor executor, Queue<Delay> delays) {
        long given = System.nanoTime();
        executor.execute(() -> delays.add(new Delay(number, given, System.nanoTime() - given)));
    }

    private static void write(Queue<Delay> delays, PrintWriter out) {
        for (Delay delay = delays.poll(); delay != null; delay = delays.poll()) {
            out.println(delay.loop() + " " + delay.given() + " " + delay.waited());
        }
        out.flush();
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Quarkus's, once there is one. Its class loader is not ours, so by reflection. */
    private static Object vertx(Instrumentation instrumentation) throws ReflectiveOperationException, InterruptedException {
        while (true) {
            for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
                if (loaded.getName().equals("io.quarkus.vertx.core.runtime.VertxCoreRecorder")) {
                    Object supplier = loaded.getMethod("getVertx").invoke(null);
                    if (supplier instanceof Supplier<?> given && given.get() != null) {
                        return given.get();
                    }
                }
            }
            Thread.sleep(50);
        }
    }

    private static List<Executor> loops(Object vertx) throws ReflectiveOperationException {
        Class<?> face = vertx.getClass().getClassLoader().loadClass("io.vertx.core.Vertx");
        Object group = face.getMethod("nettyEventLoopGroup").invoke(vertx);
        List<Executor> loops = new ArrayList<>();
        for (Object loop : (Iterable<?>) group) {
            loops.add((Executor) loop);
        }
        return loops;
    }
}
