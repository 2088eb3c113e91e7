package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One process per client, and exactly the descriptors of the plan (CH-15, CH-28, CH-32). */
class BackendProcessIT {
    private static final int ALIVE_PIPE = 3;
    private static final int CONTROL_SOCKET = 4;

    @Test
    void eachClientHasAProcessOfItsOwnThatLeadsASession() throws SQLException {
        try (var postmaster = RunningPostmaster.start("spares_max=0");
                Connection one = postmaster.connect()) {
            int first = RunningPostmaster.backendPid(one);
            int second;
            try (Connection two = postmaster.connect()) {
                second = RunningPostmaster.backendPid(two);
                assertThat(Proc.childrenOf(postmaster.pid(), "backend")).containsExactlyInAnyOrder(first, second);
                assertThat(Proc.sessionOf(first)).isEqualTo(first);
                assertThat(Proc.sessionOf(second)).isEqualTo(second);
                assertThat(Proc.parentOf(first)).isEqualTo(postmaster.pid());
            }
            Deadline.await("the process goes with its client", RunningPostmaster.PATIENCE, () -> !Proc.exists(second));
            assertThat(Proc.childrenOf(postmaster.pid(), "backend")).containsExactly(first);
        }
    }

    @Test
    void aBackendHoldsNoDescriptorBeyondThePlan() throws SQLException {
        try (var postmaster = RunningPostmaster.start();
                Connection connection = postmaster.connect()) {
            assertThat(connection.isValid(30)).isTrue();
            Map<Integer, String> open = Proc.descriptorsOf(RunningPostmaster.backendPid(connection));

            assertThat(open.get(0)).startsWith("socket:");
            assertThat(open.get(ALIVE_PIPE)).startsWith("pipe:");
            assertThat(open.get(CONTROL_SOCKET)).startsWith("socket:");
            // What remains, the child opened itself: its program, the cluster's files, its signalfd and JVM plumbing.
            assertThat(open.entrySet())
                    .filteredOn(entry -> entry.getKey() > CONTROL_SOCKET)
                    .extracting(Map.Entry::getValue)
                    .allMatch(target ->
                            target.startsWith(postmaster.dataDirectory().toString())
                                    || target.endsWith(".jar")
                                    || target.endsWith("/lib/modules")
                                    || target.equals("anon_inode:[signalfd]")
                                    || target.equals("anon_inode:[eventfd]")
                                    || target.equals("/dev/null")
                                    || isMarkerOfTheJvm(target, open));
        }
    }

    @Test
    void backendsHaveTheCacheOfTheBuildInTheSamePlaceSoThatTheyShareIt() throws SQLException {
        try (var postmaster = RunningPostmaster.start();
                Connection one = postmaster.connect();
                Connection other = postmaster.connect()) {
            assertThat(placesOfTheCache(one)).isNotEmpty().isEqualTo(placesOfTheCache(other));
        }
    }

    private static List<String> placesOfTheCache(Connection connection) throws SQLException {
        return Proc.mapsOf(RunningPostmaster.backendPid(connection))
                .lines()
                .filter(line -> line.endsWith("/child.aot"))
                .toList();
    }

    /** The JVM's channels keep half a socket pair to close descriptors with; it leads nowhere. */
    private static boolean isMarkerOfTheJvm(String target, Map<Integer, String> open) {
        long others = open.values().stream()
                .filter(other -> other.startsWith("socket:"))
                .filter(other -> !other.equals(open.get(0)) && !other.equals(open.get(CONTROL_SOCKET)))
                .count();
        return target.startsWith("socket:") && !target.equals(open.get(0)) && others == 1;
    }
}
