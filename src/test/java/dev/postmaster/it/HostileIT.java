package dev.postmaster.it;

import static dev.postmaster.it.HostileClient.bytes;
import static dev.postmaster.it.HostileClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that mean harm, and one that means none and is served all the same (CL-6, CL-10 to CL-13, PM-53). */
class HostileIT {
    private static final int SSL_REQUEST = 80_877_103;
    private static final int CANCEL_REQUEST = 80_877_102;
    private static final int CROWD = 10_000;
    private static final int CANCELS = 2_000;

    /** What ten thousand clients may cost beyond what a server without any of them has. */
    private static final int DESCRIPTORS = 150;

    /** Most of it is room that the heap takes before it is cleared for the first time. */
    private static final long MEMORY_KIB = 192 * 1024;

    /** Each of those costs a process when it comes, and another one its place. */
    private static final int WHOLE_PACKETS = 100;

    @Test
    void whoStopsBeforeItsPasswordLosesItsPlaceToWhoDoesNot_PM53() throws IOException {
        try (var postmaster = RunningPostmaster.start(few(4))) {
            askForPasswords(postmaster);
            List<HostileClient> silent = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                silent.add(new HostileClient(postmaster.port())
                        .introduce("postgres")
                        .await('R'));
            }

            awaitService(postmaster);

            postmaster.awaitLog("has not authenticated in time to keep its place from others");
            assertThat(silent.removeFirst().lastWords()).isEmpty();
            for (HostileClient client : silent) {
                client.say(message('p', 4)).close();
            }
        }
    }

    /** Silent, half a packet, a question about TLS, garbage, a cancel request; and a hundred with all but a password. */
    @Test
    void tenThousandAtOnceCostABoundedAmountAndAnHonestClientGetsIn() throws IOException {
        try (var postmaster = RunningPostmaster.start(few(10))) {
            askForPasswords(postmaster);
            awaitService(postmaster);
            long descriptors = Proc.descriptorsOf(postmaster.pid()).size();
            long memory = residentKib(postmaster.pid());
            List<byte[]> greetings = List.of(
                    new byte[0],
                    bytes(out -> out.writeInt(40)),
                    bytes(out -> {
                        out.writeInt(8);
                        out.writeInt(SSL_REQUEST);
                    }),
                    noise(64),
                    cancelRequest(1));
            byte[] whole = HostileClient.startup("postgres");

            List<HostileClient> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < CROWD; i++) {
                    var client = new HostileClient(postmaster.port());
                    crowd.add(client);
                    boolean all = i % (CROWD / WHOLE_PACKETS) == 0;
                    sayIfHeard(client, all ? whole : greetings.get(i % greetings.size()));
                }
                long began = System.nanoTime();
                awaitService(postmaster);
                long millis = (System.nanoTime() - began) / 1_000_000;
                long moreDescriptors = Proc.descriptorsOf(postmaster.pid()).size() - descriptors;
                long moreMemory = residentKib(postmaster.pid()) - memory;
                System.out.println("among " + CROWD + " hostile clients psql was served after " + millis
                        + " ms; they cost the postmaster " + moreDescriptors + " descriptors and " + moreMemory
                        + " KiB");

                assertThat(moreDescriptors).isLessThan(DESCRIPTORS);
                assertThat(moreMemory).isLessThan(MEMORY_KIB);
            } finally {
                for (HostileClient client : crowd) {
                    client.close();
                }
            }
        }
    }

    @Test
    void aFloodOfCancelRequestsCancelsNothing() throws IOException {
        try (var postmaster = RunningPostmaster.start();
                var session = new RawClient(postmaster.port())) {
            session.begin("postgres");
            for (int i = 0; i < CANCELS; i++) {
                try (var client = new HostileClient(postmaster.port())) {
                    assertThat(client.say(cancelRequest(session.backend())).lastWords())
                            .isEmpty();
                }
            }

            awaitService(postmaster);
            postmaster.awaitLog("wrong key in cancel request for process " + session.backend(), CANCELS);
            assertThat(postmaster.log()).noneMatch(line -> line.contains("canceling statement"));
            assertThat(Proc.exists(session.backend())).isTrue();
        }
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("a length of 0", message('Q', 0), "invalid message length"),
                Arguments.of("a negative length", message('Q', -1), "invalid message length"),
                Arguments.of("the longest length", message('Q', Integer.MAX_VALUE), "invalid message length"),
                Arguments.of("an unknown type", message('!', 4), "invalid frontend message type 33"),
                Arguments.of(
                        "a text without end", message('Q', 12, "select 1".getBytes(StandardCharsets.UTF_8)), "08P01"),
                Arguments.of(
                        "no UTF-8",
                        message('Q', 8, (byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0),
                        "invalid byte sequence for encoding \"UTF8\""),
                Arguments.of(
                        "a NUL within",
                        message('Q', 9, (byte) 'a', (byte) 0, (byte) 'b', (byte) 'c', (byte) 0),
                        "08P01"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void nonsenseInASessionIsAnErrorAndEndsNobodyElse(String what, byte[] said, String answer) throws IOException {
        try (var postmaster = RunningPostmaster.start();
                var hostile = new HostileClient(postmaster.port());
                var other = new RawClient(postmaster.port())) {
            other.begin("postgres");
            hostile.introduce("postgres").await('Z').say(said);
            sayIfHeard(hostile, message('X', 4));

            String heard = hostile.lastWords();
            Deadline.await(what + ": " + answer, RunningPostmaster.PATIENCE, () -> (heard + postmaster.log())
                    .contains(answer)); // of a length only the log hears (pqcomm.c)
            awaitService(postmaster);
            assertThat(Proc.exists(other.backend())).isTrue();
            assertThat(postmaster.log()).noneMatch(line -> line.contains("terminated") || line.contains("Exception"));
        }
    }

    @Test
    void pipelinedGarbageEndsItsOwnSessionOnly() throws IOException {
        try (var postmaster = RunningPostmaster.start()) {
            for (int i = 0; i < 50; i++) {
                try (var hostile = new HostileClient(postmaster.port())) {
                    hostile.introduce("postgres");
                    sayIfHeard(hostile, noise(4_000));
                    sayIfHeard(hostile, message('X', 4));
                }
            }
            awaitService(postmaster);
            assertThat(postmaster.log())
                    .noneMatch(line -> line.contains("terminating any other active") || line.contains("Exception"));
        }
    }

    /** One byte now and then keeps nobody's place beyond the authentication timeout. */
    @Test
    void aSlowLorisGoesWithTheAuthenticationTimeout_CL6() throws IOException {
        try (var postmaster = RunningPostmaster.start("authentication_timeout=2s");
                var slow = new HostileClient(postmaster.port())) {
            byte[] packet = HostileClient.startup("postgres");
            var said = new int[1];
            Deadline.await("the end of patience", RunningPostmaster.PATIENCE, () -> {
                boolean more = said[0] < packet.length - 1;
                return !more || !isHeard(slow, packet[said[0]++]);
            });
            assertThat(slow.lastWords()).isEmpty();
            assertThat(Proc.childrenOf(postmaster.pid(), "backend")).hasSizeLessThanOrEqualTo(1);
            awaitService(postmaster);
        }
    }

    private static boolean isHeard(HostileClient client, byte one) {
        try {
            client.say(new byte[] {one});
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** A server that has closed may have sent a reset by now. */
    private static void sayIfHeard(HostileClient client, byte[] bytes) {
        try {
            client.say(bytes);
        } catch (IOException gone) {
            assertThat(gone).isInstanceOf(SocketException.class);
        }
    }

    private static String[] few(int connections) {
        return new String[] {
            "max_connections=" + connections, "superuser_reserved_connections=0", "authentication_timeout=60s"
        };
    }

    /** Of those that come over TCP; who is on this machine needs none. */
    private static void askForPasswords(RunningPostmaster postmaster) throws IOException {
        Path hba = postmaster.dataDirectory().resolve("pg_hba.conf");
        Files.write(hba, List.of("local all all trust", "host all all all scram-sha-256"));
    }

    private static void awaitService(RunningPostmaster postmaster) {
        Deadline.await("a session for an honest client", RunningPostmaster.PATIENCE, () -> postmaster
                .psql("-h", postmaster.socketDirectory().toString(), "-A", "-t", "-c", "select 1")
                .out()
                .equals("1\n"));
    }

    private static byte[] cancelRequest(int backend) {
        return ByteBuffer.allocate(4 * Integer.BYTES)
                .putInt(4 * Integer.BYTES)
                .putInt(CANCEL_REQUEST)
                .putInt(backend)
                .putInt(4711)
                .array();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(20_261_124).nextBytes(noise);
        return noise;
    }

    private static long residentKib(long pid) {
        return Proc.read(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
