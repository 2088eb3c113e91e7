package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.MemfdResult;
import dev.postmaster.os.Memfds;
import dev.postmaster.os.Os;
import dev.postmaster.report.ReportException;
import dev.postmaster.shmem.SegmentShape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PM-50, when there is no memory for the next generation. */
class SegmentTest {
    private final Os os = Os.open();

    @Test
    void aRenewalThatFailsLeavesTheOldGenerationAsItWas() {
        Deque<Boolean> grants = new ArrayDeque<>(List.of(true, false, true));
        var segment = new Segment(memfds(grants), new SegmentShape(2, 1), 4711);
        Fd first = segment.memfd();

        assertThatThrownBy(segment::renew)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("could not create shared memory segment: Too many open files");

        assertThat(segment.memfd()).isSameAs(first);
        assertThat(os.fds().isCloseOnExec(first)).isTrue();
        assertThat(segment.shared().identity().generation()).isOne();
        segment.renew();
        assertThat(segment.shared().identity().generation()).isEqualTo(2);
        segment.memfd().close();
    }

    private Memfds memfds(Deque<Boolean> grants) {
        Memfds real = os.memfds();
        return new Memfds() {
            @Override
            public MemfdResult sealed(String name, byte[] content) {
                return real.sealed(name, content);
            }

            @Override
            public MemfdResult shared(String name, long size) {
                return grants.remove() ? real.shared(name, size) : new MemfdResult.Refused(Errno.EMFILE);
            }
        };
    }
}
