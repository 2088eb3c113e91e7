package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests by file (decision 0102). */
class WorkerOrdersTest {
    private final List<String> obeyed = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final WorkerOrders.Recipient recipient = new WorkerOrders.Recipient() {
        @Override
        public void start(String worker) {
            obeyed.add("start " + worker);
        }

        @Override
        public void stop(String worker) {
            obeyed.add("stop " + worker);
        }
    };
    private ClusterLayout layout;
    private WorkerOrders orders;

    @BeforeEach
    void open(@TempDir Path directory) {
        layout = new ClusterLayout(directory);
        orders = new WorkerOrders(layout, reports::add);
    }

    @Test
    void aRequestIsObeyedOnceAndAnOldOneNotAtAll() throws IOException {
        Files.createDirectories(layout.workerRequests());
        Files.createFile(layout.workerStart("old"));
        orders.open();
        Files.createFile(layout.workerStop("pump"));

        assertThat(orders.examine(recipient)).isTrue();
        assertThat(orders.examine(recipient)).isFalse();

        assertThat(obeyed).containsExactly("stop pump");
        assertThat(layout.workerRequests()).isEmptyDirectory();
        assertThat(reports).isEmpty();
    }

    /** Somebody has made a directory of that name, and put something in it. */
    @Test
    void aRequestThatCannotBeTakenIsToldOfOnceAndKeepsNoOtherWaiting() throws IOException {
        orders.open();
        Path stuck = Files.createDirectory(layout.workerStart("stuck"));
        Files.createFile(stuck.resolve("something"));
        Files.createFile(layout.workerStart("pump"));

        orders.examine(recipient);
        orders.examine(recipient);

        assertThat(obeyed).containsExactly("start pump");
        assertThat(reports.stream().map(Report::message))
                .containsExactly("could not take request for a background worker from file \"" + stuck
                        + "\": Directory not empty");
    }

    @Test
    void aPlaceThatCannotBeReadIsToldOfOnce() throws IOException {
        orders.open();
        Files.delete(layout.workerRequests());

        orders.examine(recipient);
        orders.examine(recipient);

        assertThat(reports.stream().map(Report::message))
                .containsExactly(
                        "could not read directory \"" + layout.workerRequests() + "\": No such file or directory");
    }
}
