package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever has not sent a whole startup packet costs a socket, never a process, and goes when the authentication
 * timeout is over (CL-6, CL-10..CL-13, Q-13).
 */
class DeskIT {
    private static final int SSL_REQUEST = 80877103;
    private static final int SILENT_CLIENTS = 500;

    private RunningPostmaster postmaster;

    @BeforeEach
    void start() {
        postmaster = RunningPostmaster.start("authentication_timeout=5s", "spares_max=0", "log_line_prefix=%q%u@%h ");
    }

    @AfterEach
    void stop() {
        postmaster.close();
    }

    @Test
    void silentClientsCostNoProcessBlockNobodyAndTimeOut() throws IOException {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < SILENT_CLIENTS; i++) {
            silent.add(connect());
        }

        assertThat(Proc.childrenOf(postmaster.pid(), "backend")).isEmpty();
        assertThatItStillServes();
        // Those above the number of seats had to go at once, with a word; the others time out without one.
        assertThat(readAll(silent.removeFirst())).startsWith("E").contains("53300", "sorry, too many clients already");
        assertThat(readsEnd(silent.getLast())).isTrue();
        for (Socket socket : silent) {
            readAll(socket);
        }
        assertThat(postmaster.log())
                .filteredOn(line -> line.contains("no seat left"))
                .hasSize(1);
    }

    /** PM-7: the kernel keeps whom we cannot accept until there are descriptors again. */
    @Test
    void aShortageOfDescriptorsIsSurvivedAndSaidOnce() throws IOException {
        int open = Proc.descriptorsOf(postmaster.pid()).size();
        limitDescriptors(Integer.toString(open + 4));
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(connect());
        }
        postmaster.awaitLog("could not accept new connection: ");
        for (Socket socket : silent) {
            readAll(socket);
        }
        limitDescriptors("4096");

        assertThatItStillServes();
        assertThat(postmaster.log())
                .filteredOn(line -> line.contains("could not accept new connection: "))
                .hasSize(1);
    }

    @Test
    void halfAStartupPacketTimesOutWithoutAProcess() throws IOException {
        try (Socket socket = connect()) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(40);
            out.writeInt(196608);
            out.writeBytes("user");
            out.flush();

            assertThat(readsEnd(socket)).isTrue();
        }
        assertThat(Proc.childrenOf(postmaster.pid(), "backend")).isEmpty();
        assertThatItStillServes();
    }

    @Test
    void aLengthWordOfAHundredMegabytesIsRefusedAtOnce() throws IOException {
        try (Socket socket = connect()) {
            new DataOutputStream(socket.getOutputStream()).writeInt(100 << 20);

            assertThat(readsEnd(socket)).isTrue();
        }
        postmaster.awaitLog("[unknown]@127.0.0.1 LOG:  invalid length of startup packet");
        assertThatItStillServes();
        assertThat(postmaster.log()).noneMatch(line -> line.contains("incomplete startup packet"));
    }

    @Test
    void garbageOfAPortScannerIsRefused() throws IOException {
        var random = new Random(20261122);
        for (String greeting : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "SSH-2.0-scan\r\n", "\0\0\0\0\0\0\0\0\0")) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(readsEnd(socket)).isTrue();
            }
        }
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(noise);
            }
        }
        assertThatItStillServes();
        assertThat(Proc.childrenOf(postmaster.pid(), "backend")).isEmpty();
    }

    @Test
    void sslRequestIsAnsweredAndAVersionNobodySpeaksIsRefusedInWords() throws IOException {
        try (Socket socket = connect()) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(8);
            out.writeInt(SSL_REQUEST);
            assertThat(socket.getInputStream().read()).isEqualTo('N');

            out.writeInt(9);
            out.writeInt(9 << 16);
            out.writeByte(0);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("E").contains("0A000").contains("unsupported frontend protocol 9.0");
        }
    }

    @Test
    void cancelRequestsCostNoProcessAndAWrongKeyCancelsNothing() throws IOException {
        try (Socket socket = connect()) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(16);
            out.writeInt(80877102);
            out.writeInt(4711);
            out.writeInt(1);
            assertThat(readsEnd(socket)).isTrue();
        }
        postmaster.awaitLog("PID 4711 in cancel request did not match any process");
        assertThat(Proc.childrenOf(postmaster.pid(), "backend")).isEmpty();
    }

    private void assertThatItStillServes() {
        assertThat(postmaster.psql("-A", "-t", "-c", "select 1").out().strip()).isEqualTo("1");
        Deadline.await("that session's process is gone", RunningPostmaster.PATIENCE, () -> Proc.childrenOf(
                        postmaster.pid(), "backend")
                .isEmpty());
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), postmaster.port());
        socket.setSoTimeout((int) RunningPostmaster.PATIENCE.toMillis());
        return socket;
    }

    private void limitDescriptors(String soft) {
        String pid = Long.toString(postmaster.pid());
        assertThat(Outcome.of(new ProcessBuilder("prlimit", "--pid", pid, "--nofile=" + soft + ":"))
                        .status())
                .isZero();
    }

    /** What the server said before it closed the connection. */
    private static String readAll(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** True when the server closed without a word: end of file, or a reset because it left bytes of ours unread. */
    private static boolean readsEnd(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
