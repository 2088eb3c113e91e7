package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many small programs at a time: each has its client, the postmaster answers all the while, and all go when told. */
class ProgramsLoadIT {
    /** {@code -Dprograms.count=2000} for the long form. */
    private static final int PROGRAMS = Integer.getInteger("programs.count", 200);

    /** The promise for 2,000 programs on a quiet machine. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private static final int LONG = 2_000;

    @Test
    void theyAllEndInAFastShutdownAndTheLoopIsThereMeanwhile() throws Exception {
        try (var postmaster = RunningPostmaster.startWithoutCluster(
                "backend_command=cat", "max_connections=" + PROGRAMS, "max_connections_per_source=" + PROGRAMS)) {
            long before = Proc.channelsOf(postmaster.pid());
            List<LineClient> some = connect(postmaster, PROGRAMS / 2);
            some.forEach(LineClient::close);
            Deadline.await("no program is left", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(postmaster.pid())
                    .isEmpty());
            Deadline.await(
                    "no descriptor is left",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.channelsOf(postmaster.pid()) == before);

            Instant start = Instant.now();
            List<LineClient> clients = connect(postmaster, PROGRAMS);
            System.out.println(PROGRAMS + " programs started in " + since(start));
            assertThat(Proc.childrenOf(postmaster.pid())).hasSize(PROGRAMS);

            Duration ended = endAll(postmaster);
            assertThat(clients).allMatch(client -> client.hear() == null);
            if (PROGRAMS >= LONG) {
                assertThat(ended).isLessThan(PROMISED);
            }
        }
    }

    private static Duration endAll(RunningPostmaster postmaster) {
        var asking = new CompletableFuture<Void>();
        var longestAnswer = CompletableFuture.supplyAsync(() -> longestAnswer(postmaster, asking));
        asking.join();
        Instant start = Instant.now();
        postmaster.signal("INT");
        assertThat(postmaster.awaitExit()).isZero();
        Duration ended = since(start);
        System.out.println(PROGRAMS + " programs ended by a fast shutdown in " + ended
                + "; the slowest answer of the probe meanwhile took " + longestAnswer.join());
        return ended;
    }

    /** Asks the liveness probe until nobody is there to answer; every answer is that it is alive. */
    private static Duration longestAnswer(RunningPostmaster postmaster, CompletableFuture<Void> asking) {
        Duration longest = Duration.ZERO;
        URI probe = URI.create("http://localhost:" + postmaster.managementPort() + "/q/health/live");
        HttpRequest request = HttpRequest.newBuilder(probe).timeout(PROMISED).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                Instant asked = Instant.now();
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                assertThat(status).isEqualTo(200);
                asking.complete(null);
                Duration answer = since(asked);
                longest = answer.compareTo(longest) > 0 ? answer : longest;
            }
        } catch (IOException gone) {
            asking.complete(null);
            return longest;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<LineClient> connect(RunningPostmaster postmaster, int count) {
        List<LineClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new LineClient(postmaster.port()));
        }
        for (int i = 0; i < count; i++) {
            assertThat(clients.get(i).ask("client " + i)).isEqualTo("client " + i);
        }
        return clients;
    }

    private static Duration since(Instant start) {
        return Duration.between(start, Instant.now());
    }
}
