package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.metrics.Meters;
import dev.postmaster.os.Os;
import dev.postmaster.shmem.CheckpointRequests;
import dev.postmaster.shmem.SegmentShape;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckpointCountTest {
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final CheckpointCount count = new CheckpointCount(new Meters(metrics));
    private final Segment segment = new Segment(
            Os.open().memfds(), new SegmentShape(1, 0), Os.open().thisProcess().pid());

    @AfterEach
    void close() {
        segment.memfd().close();
    }

    @Test
    void eachIsCountedOnceHoweverOftenItIsLookedAt() {
        end(true);
        end(true);
        end(false);
        look();
        look();

        assertThat(ended("done")).isEqualTo(2);
        assertThat(ended("failed")).isEqualTo(1);
    }

    @Test
    void aNewSegmentCountsFromTheStart() {
        end(true);
        end(true);
        look();

        segment.renew();
        end(true);
        look();

        assertThat(ended("done")).isEqualTo(3);
    }

    @Test
    void aCheckpointerThatHasGoneMadIsNotBelieved() {
        end(true);
        look();
        CheckpointRequests requests = segment.shared().checkpoints();
        for (int i = 0; i < 5_000; i++) {
            requests.begin();
        }
        requests.end(true);
        look();
        assertThat(ended("done")).isEqualTo(1);

        end(true);
        look();
        assertThat(ended("done")).isEqualTo(2);
    }

    private void end(boolean succeeded) {
        segment.shared().checkpoints().begin();
        segment.shared().checkpoints().end(succeeded);
    }

    private void look() {
        count.look(segment.shared());
    }

    private double ended(String result) {
        return metrics.get("postmaster.checkpoints")
                .tag("result", result)
                .counter()
                .count();
    }
}
