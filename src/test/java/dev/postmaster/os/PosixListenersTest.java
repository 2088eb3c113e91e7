package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postmaster.os.ListenResult.Failed;
import dev.postmaster.os.ListenResult.Listening;
import dev.postmaster.os.ListenResult.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixListenersTest {
    private static final int NOBODY = 65_534;

    private final Os os = Os.open();
    private final Listeners listeners = os.listeners();

    private Listening listening(ListenResult result) {
        return switch (result) {
            case Listening listening -> listening;
            case Failed(Step step, Errno errno) -> throw new AssertionError(step + " " + errno);
        };
    }

    private static InetSocketAddress address(String host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Test
    void aClientReachesAnIpv4ListenerAtThePortTheKernelChose() throws IOException {
        Listening listening = listening(listeners.listen(address("127.0.0.1", 0), 5));
        try (Fd fd = listening.fd()) {
            assertThat(listening.name()).isInstanceOfSatisfying(SocketName.Ipv4.class, name -> {
                assertThat(name.host()).isEqualTo("127.0.0.1");
                assertThat(name.port()).isPositive();
            });
            int port = ((SocketName.Ipv4) listening.name()).port();
            SocketChannel.open(address("127.0.0.1", port)).close();
            assertThat(os.fds().isCloseOnExec(fd)).isTrue();
            assertThat(os.fds().isNonBlocking(fd)).isTrue();
        }
    }

    @Test
    void aRestartNeedNotWaitForConnectionsOfTheLastRunToBeForgotten() throws IOException {
        try (Fd fd = listening(listeners.listen(address("127.0.0.1", 0), 5)).fd()) {
            int[] reuseAddress = new int[1];
            Calls.check("getsockopt", SocketC.getsockopt(fd.number(), SocketC.SO_REUSEADDR, reuseAddress));
            assertThat(reuseAddress).containsExactly(1);
        }
    }

    @Test
    void oneServerListensOnAllIpv4AndAllIpv6AddressesOfOnePort() throws IOException {
        Listening ipv6 = listening(listeners.listen(address("::", 0), 5));
        int port = ((SocketName.Ipv6) ipv6.name()).port();
        try (Fd _ = ipv6.fd();
                Fd _ = listening(listeners.listen(address("0.0.0.0", port), 5)).fd()) {
            assertThat(ipv6.name()).isEqualTo(new SocketName.Ipv6("::", port));
            SocketChannel.open(address("::1", port)).close();
            SocketChannel.open(address("127.0.0.1", port)).close();
        }
    }

    @Test
    void anAddressInUseFailsAtBindAndLeavesNothingOpen() throws IOException {
        Listening first = listening(listeners.listen(address("127.0.0.1", 0), 5));
        try (Fd _ = first.fd()) {
            int port = ((SocketName.Ipv4) first.name()).port();
            var before = OpenFiles.ours();
            assertThat(listeners.listen(address("127.0.0.1", port), 5))
                    .isEqualTo(new Failed(Step.BIND, Errno.EADDRINUSE));
            assertThat(OpenFiles.oursSince(before)).isEmpty();
        }
    }

    @Test
    void theFailingCallIsNamedAsInPostgresqlsMessages() throws IOException {
        ListenResult result = listeners.listen(address("192.0.2.1", 0), 5);
        assertThat(result).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.step().call()).isEqualTo("bind");
            assertThat(failed.errno().symbol()).isEqualTo("EADDRNOTAVAIL");
        });
    }

    @Test
    void aUnixSocketHasItsGroupAndPermissionsBeforeAnybodyCanConnect(@TempDir Path directory) throws IOException {
        Path path = directory.resolve(".s.PGSQL.5432");
        int group = (int) Files.getAttribute(directory, "unix:gid");
        UnixEndpoint endpoint = new UnixEndpoint(path.toString(), 0770, OptionalInt.of(group));
        Listening listening = listening(listeners.listen(endpoint, 5));
        try (Fd _ = listening.fd()) {
            assertThat(listening.name()).isEqualTo(new SocketName.Unix(path.toString()));
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
            assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(group);
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(client.connect(UnixDomainSocketAddress.of(path))).isTrue();
            }
            assertThat(listeners.listen(endpoint, 5)).isEqualTo(new Failed(Step.BIND, Errno.EADDRINUSE));
        }
    }

    @Test
    void anAbstractSocketHasNoFile() throws IOException {
        String name = "@postmaster-test-" + os.thisProcess().pid();
        Listening listening = listening(listeners.listen(new UnixEndpoint(name, 0777, OptionalInt.of(0)), 5));
        try (Fd _ = listening.fd()) {
            assertThat(listening.name()).isEqualTo(new SocketName.Unix(name));
            assertThat(Files.readString(Path.of("/proc/net/unix"))).contains(" " + name + "\n");
        }
    }

    @Test
    void aGroupWeMayNotGiveFailsThereAndLeavesNoFile() throws Exception {
        Path directory = Files.createTempDirectory("postmaster");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path path = directory.resolve("socket");
        UnixEndpoint endpoint = new UnixEndpoint(path.toString(), 0777, OptionalInt.of(NOBODY - 1));
        assertThat(Unprivileged.call(() -> listeners.listen(endpoint, 5)))
                .isEqualTo(new Failed(Step.GROUP, Errno.EPERM));
        assertThat(path).doesNotExist();
        Files.delete(directory);
    }

    @Test
    void aPathIsMeasuredInBytes() {
        String longest = "/" + "x".repeat(UnixEndpoint.MAX_PATH_BYTES - 1);
        assertThat(UnixEndpoint.isTooLong(longest)).isFalse();
        assertThat(UnixEndpoint.isTooLong(longest + "x")).isTrue();
        assertThat(UnixEndpoint.isTooLong("/" + "ä".repeat(54))).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnixEndpoint(longest + "x", 0777, OptionalInt.empty()));
    }

    @Test
    void aPathOfTheGreatestLengthIsBoundAsItIs(@TempDir Path directory) {
        int room = UnixEndpoint.MAX_PATH_BYTES - directory.toString().length() - 1;
        String path = directory + "/" + "x".repeat(room);
        Listening listening = listening(listeners.listen(new UnixEndpoint(path, 0777, OptionalInt.empty()), 5));
        try (Fd _ = listening.fd()) {
            assertThat(listening.name()).isEqualTo(new SocketName.Unix(path));
            assertThat(Path.of(path)).exists();
        }
    }

    @Test
    void aGroupIsGivenByNameOrNumber() {
        assertThat(listeners.groupId("root")).hasValue(0);
        assertThat(listeners.groupId("4711")).hasValue(4711);
        assertThat(listeners.groupId("no-such-group")).isEmpty();
        assertThat(listeners.groupId("")).isEmpty();
    }
}
