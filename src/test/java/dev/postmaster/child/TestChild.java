package dev.postmaster.child;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.CommonParameters;
import dev.postmaster.launch.ParameterBlock;
import dev.postmaster.launch.StartupData;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pipe;
import dev.postmaster.os.SignalFd;
import dev.postmaster.os.SignalInfo;
import dev.postmaster.report.LogFormat;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ProcessLog;
import dev.postmaster.shmem.ChildSlot;
import dev.postmaster.shmem.SegmentException;
import dev.postmaster.shmem.SharedSegment;
import dev.postmaster.shmem.TestSegment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** A child that runs in the process of the test: its signals come from a queue, and its log is a text. */
public final class TestChild implements AutoCloseable {
    private static final int PID = 4242;

    private final Pipe alive = Os.open().fds().pipe();
    private final TestSegment memory = new TestSegment(2);
    private final BlockingQueue<SignalInfo> signals = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child").factory());
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final ChildKind kind;
    private final ClusterLayout layout;

    public TestChild(ChildKind kind, ClusterLayout layout) throws SegmentException {
        this.kind = kind;
        this.layout = layout;
    }

    /** Runs the main on a thread of its own; the future is its exit status, also if a signal ends it. */
    public Future<Integer> start(ChildMain main, Map<String, String> settings) {
        ChildContext context = context(settings);
        thread.execute(() -> {
            try {
                status.complete(main.run(context));
            } catch (Exception e) {
                status.completeExceptionally(e);
            }
        });
        return status;
    }

    public void signal(Sig sig) {
        signals.add(new SignalInfo(sig.number(), 0));
    }

    /** The shared segment as the postmaster sees it. */
    public SharedSegment segment() {
        return memory.segment();
    }

    /** All that was logged so far, without the time and pid before each line. */
    public String log() {
        return logged.toString(StandardCharsets.UTF_8).replaceAll("(?m)^[^\\[]*\\[\\d+] ", "");
    }

    private ChildContext context(Map<String, String> settings) {
        Ending ending = new Ending(report -> {}, status::complete, () -> {});
        ProcessLog log = new ProcessLog(
                logged,
                LogSource.of(PID, kind.backendType(), InstantSource.system().instant()),
                LogFormat.DEFAULT,
                InstantSource.system());
        ChildSignals handlers = new ChildSignals(new QueuedSignals(signals), ending);
        ChildSlot slot = memory.segment().slot(1);
        slot.assign(kind);
        slot.activate(PID);
        return new ChildContext(
                kind,
                parameters(settings),
                Settings.ofNonDefaults(settings),
                FileModes.OWNER_ONLY,
                log,
                handlers,
                new ParentWatch(Os.open().rawIo(), alive.readEnd(), ending),
                new SharedMemory(
                        memory.segment(),
                        slot,
                        new PostmasterChannel(memory.segment().pmSignals(), () -> {})));
    }

    private ParameterBlock parameters(Map<String, String> settings) {
        String directory = layout.dataDirectory().toString();
        CommonParameters common = new CommonParameters(
                new CommonParameters.Paths(directory, "java", directory),
                new CommonParameters.Postmaster(1, 0, 0),
                CommonParameters.Logging.DIRECT,
                new CommonParameters.Configuration(
                        settings, new SettingSources(settings, layout.configFile(), false, Map.of())));
        return new ParameterBlock(
                common, new ParameterBlock.Own(1, false, false, memory.segment().identity()), StartupData.NONE);
    }

    /** Ends the child and waits for its end: it writes to files that its test removes, and to memory unmapped here. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
        memory.close();
        alive.close();
    }

    private record QueuedSignals(BlockingQueue<SignalInfo> queue) implements SignalFd {
        @Override
        public Optional<SignalInfo> next() {
            try {
                return Optional.of(queue.take());
            } catch (InterruptedException e) {
                return Optional.empty();
            }
        }

        @Override
        public void stop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            queue.clear();
        }
    }
}
