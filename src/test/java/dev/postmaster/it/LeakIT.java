package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Launch after launch leaves no descriptor, no zombie, no memfd and no temp file. */
class LeakIT {
    /** {@code -Dleak.launches=1000} for the long form. */
    private static final int LAUNCHES = Integer.getInteger("leak.launches", 60);

    @Test
    void launchesLeakNothing() throws SQLException {
        leavesNothing("spares_max=0");
    }

    @Test
    void handOversLeakNothing() throws SQLException {
        leavesNothing("spares_min=0");
    }

    /** With these settings no process is left when there was no client for a while. */
    private static void leavesNothing(String settings) throws SQLException {
        try (var postmaster = RunningPostmaster.start(settings)) {
            serve(postmaster, 3);
            Map<Integer, String> before = Proc.descriptorsOf(postmaster.pid());
            List<Integer> childrenBefore = Proc.childrenOf(postmaster.pid());
            List<Path> filesBefore = filesIn(postmaster.dataDirectory());

            serve(postmaster, LAUNCHES);

            // The last child is reaped before what was its own is closed, and the status file has a draft at times.
            await(
                    "no descriptor is left",
                    () -> isNoMore(Proc.descriptorsOf(postmaster.pid()).values(), before.values()));
            assertThat(Proc.childrenOf(postmaster.pid())).containsExactlyInAnyOrderElementsOf(childrenBefore);
            await("no file is left", () -> isNoMore(filesIn(postmaster.dataDirectory()), filesBefore));
            assertThat(filesIn(postmaster.dataDirectory().resolve("pgsql_tmp"))).isEmpty();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Deadline.await(what, RunningPostmaster.PATIENCE, condition);
    }

    private static <T> boolean isNoMore(Collection<T> now, Collection<T> before) {
        return now.size() <= before.size() && before.containsAll(now);
    }

    private static List<Path> filesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(RunningPostmaster postmaster, int sessions) throws SQLException {
        for (int i = 0; i < sessions; i++) {
            try (Connection connection = postmaster.connect()) {
                connection.createStatement().execute("select 1");
            }
        }
        // The last spare goes when two periods of 10 seconds have seen it idle.
        // A zombie has no command line any more: what counts is that nothing but the checkpointer is left.
        Deadline.await("the last session's process is reaped", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(
                        postmaster.pid())
                .equals(Proc.childrenOf(postmaster.pid(), "checkpointer")));
    }
}
