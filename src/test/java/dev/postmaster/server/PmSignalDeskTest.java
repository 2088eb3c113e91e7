package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmEvent;
import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.PoolSizes;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SlotPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SG-27: flags and files, in PostgreSQL's order. */
class PmSignalDeskTest {
    @TempDir
    private Path directory;

    private final Os os = Os.open();
    private final PoolSizes sizes = new PoolSizes(1, 1, 1);
    private final Segment segment = new Segment(os.memfds(), new SegmentShape(sizes.total(), 1), 4711);
    private final ChildRegistry registry =
            new ChildRegistry(new SlotPools(sizes), segment, new Births(new Meters(new SimpleMeterRegistry())));
    private final List<PmEvent> events = new ArrayList<>();
    private ClusterLayout layout;
    private PmSignalDesk desk;

    @BeforeEach
    void open() {
        layout = new ClusterLayout(directory);
        desk = new PmSignalDesk(segment, registry, layout, events::add);
    }

    @AfterEach
    void close() {
        segment.memfd().close();
    }

    @Test
    void row5TheFileAndTheFlagAskForOneRotation() throws IOException {
        collectorLives();
        Files.createFile(layout.logrotateRequest());
        segment.shared().pmSignals().raise(PmSignal.ROTATE_LOGFILE);

        desk.examine();
        desk.examine();

        assertThat(events).containsExactly(new PmEvent.RotateLogfile());
        assertThat(layout.logrotateRequest()).doesNotExist();
    }

    @Test
    void row5EitherOfThemIsEnough() throws IOException {
        collectorLives();
        Files.createFile(layout.logrotateRequest());
        desk.examine();
        segment.shared().pmSignals().raise(PmSignal.ROTATE_LOGFILE);
        desk.examine();

        assertThat(events).containsExactly(new PmEvent.RotateLogfile(), new PmEvent.RotateLogfile());
    }

    @Test
    void sg30WithoutACollectorTheFileStays() throws IOException {
        Files.createFile(layout.logrotateRequest());

        desk.examine();

        assertThat(events).isEmpty();
        assertThat(layout.logrotateRequest()).exists();
    }

    @Test
    void row10TheFilePromoteIsSeenLastAndStays() throws IOException {
        Files.createFile(layout.promoteRequest());
        segment.shared().pmSignals().raise(PmSignal.RECOVERY_STARTED);
        segment.shared().pmSignals().raise(PmSignal.START_WALRECEIVER);

        desk.examine();

        assertThat(events)
                .containsExactly(
                        new PmEvent.RecoveryStarted(), new PmEvent.StartWalReceiver(), new PmEvent.PromoteRequested());
        assertThat(layout.promoteRequest()).exists();
    }

    private void collectorLives() {
        int slot = registry.reserve(ChildKind.SYSLOGGER);
        registry.add(Child.ofOurs(new Pid(4712), ChildKind.SYSLOGGER, slot));
    }
}
