package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Report;
import dev.postmaster.shmem.PoolSizes;
import dev.postmaster.shmem.SegmentShape;
import dev.postmaster.shmem.SlotPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What outlived the child that started it, when the kernel does not do as it should. */
class DescendantsTest {
    private final Os os = Os.open();
    private final List<String> said = new ArrayList<>();
    private final PoolSizes sizes = new PoolSizes(1, 1, 1);
    private final Segment segment = new Segment(
            os.memfds(), new SegmentShape(sizes.total(), 1), os.thisProcess().pid());

    @AfterEach
    void close() {
        segment.memfd().close();
    }

    @Test
    void aTableOfProcessesThatCannotBeReadStopsNobody() {
        descendants(() -> {
                    throw new UncheckedIOException(new IOException("/proc: Too many open files"));
                })
                .end();

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("could not look for processes that outlived the children: ");
    }

    /** A zombie takes every signal and stays, as a process does that hangs in the kernel. */
    @Test
    void whoDoesNotDieIsNamed() throws Exception {
        Process child = new ProcessBuilder("sleep", "600").start();
        try {
            var pid = new Pid((int) child.pid());

            descendants(() -> List.of(pid)).end();

            assertThat(said)
                    .containsExactly(
                            "killing 1 processes that outlived the children that started them: [" + pid + "]",
                            "processes that outlived their parents do not die of SIGKILL: [" + pid + "]");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private Descendants descendants(Supplier<List<Pid>> family) {
        var registry =
                new ChildRegistry(new SlotPools(sizes), segment, new Births(new Meters(new SimpleMeterRegistry())));
        return new Descendants(family, os.signals(), registry, this::note);
    }

    private void note(Report report) {
        said.add(report.message());
    }
}
