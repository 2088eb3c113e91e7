package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.os.ListenResult.Listening;
import dev.postmaster.os.SocketPair.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixSocketsTest {
    private final Os os = Os.open();
    private final Sockets sockets = os.sockets();

    @Test
    void aStreamPairCarriesBytesAndAPacketPairKeepsBounds() {
        byte[] buffer = new byte[10];
        try (SocketPair pair = sockets.pair(Kind.STREAM)) {
            os.rawIo().writeFully(pair.nearEnd(), new byte[2]);
            os.rawIo().writeFully(pair.nearEnd(), new byte[3]);
            assertThat(os.rawIo().read(pair.farEnd(), buffer)).isEqualTo(5);
        }
        try (SocketPair pair = sockets.pair(Kind.SEQPACKET)) {
            os.rawIo().writeFully(pair.farEnd(), new byte[2]);
            os.rawIo().writeFully(pair.farEnd(), new byte[3]);
            assertThat(os.rawIo().read(pair.nearEnd(), buffer)).isEqualTo(2);
            assertThat(os.rawIo().read(pair.nearEnd(), buffer)).isEqualTo(3);
            pair.farEnd().close();
            assertThat(os.rawIo().read(pair.nearEnd(), buffer)).isZero();
        }
    }

    @Test
    void aPairIsCloseOnExecAndItsOtherSideIsThisProcess() {
        try (SocketPair pair = sockets.pair(Kind.STREAM)) {
            assertThat(os.fds().isCloseOnExec(pair.nearEnd())).isTrue();
            assertThat(os.fds().isCloseOnExec(pair.farEnd())).isTrue();
            var peer = sockets.peerCredentials(pair.nearEnd());
            assertThat(peer.pid()).isEqualTo(os.thisProcess().pid());
            assertThat(peer.uid()).isEqualTo(os.thisProcess().effectiveUserId());
            assertThat(sockets.localName(pair.nearEnd())).isEqualTo(new SocketName.Unix(""));
            assertThat(sockets.peerName(pair.nearEnd())).isEqualTo(new SocketName.Unix(""));
        }
    }

    /** A client of a server that never accepts it, which a client does not notice. */
    private record Client(Fd fd, InetSocketAddress server, Fd listener) implements AutoCloseable {
        static Client connect(Os os, String host) throws IOException {
            InetAddress address = InetAddress.getByName(host);
            var listening = (Listening) os.listeners().listen(new InetSocketAddress(address, 0), 1);
            int port =
                    switch (listening.name()) {
                        case SocketName.Ipv4 name -> name.port();
                        case SocketName.Ipv6 name -> name.port();
                        case SocketName.Unix name -> throw new AssertionError(name);
                    };
            InetSocketAddress server = new InetSocketAddress(address, port);
            byte[] name = SocketAddresses.encode(server);
            int fd = Calls.check("socket", SocketC.socket(SocketAddresses.family(name), SocketC.SOCK_STREAM));
            Calls.check("connect", CFunction.named("connect").toInt(fd, name, name.length));
            return new Client(PosixFds.own(fd), server, listening.fd());
        }

        int option(int level, int option) {
            int[] value = new int[1];
            int result = CFunction.named("getsockopt").toInt(fd.number(), level, option, value, new int[] {4});
            Calls.check("getsockopt", result);
            return value[0];
        }

        @Override
        public void close() {
            fd.close();
            listener.close();
        }
    }

    @Test
    void bothNamesOfAnIpv4ConnectionAreKnown() throws IOException {
        try (Client client = Client.connect(os, "127.0.0.1")) {
            int serverPort = client.server().getPort();
            assertThat(sockets.peerName(client.fd())).isEqualTo(new SocketName.Ipv4("127.0.0.1", serverPort));
            assertThat(sockets.localName(client.fd())).isInstanceOfSatisfying(SocketName.Ipv4.class, name -> {
                assertThat(name.host()).isEqualTo("127.0.0.1");
                assertThat(name.port()).isPositive().isNotEqualTo(serverPort);
            });
        }
    }

    @Test
    void anIpv6AddressHasItsShortForm() throws IOException {
        try (Client client = Client.connect(os, "::1")) {
            assertThat(sockets.peerName(client.fd()))
                    .isEqualTo(new SocketName.Ipv6("::1", client.server().getPort()));
        }
    }

    @Test
    void anEndWithoutAnotherSideHasNoPeer() throws IOException {
        try (Client client = Client.connect(os, "127.0.0.1")) {
            assertThatExceptionOfType(OsException.class)
                    .isThrownBy(() -> sockets.peerName(client.listener()))
                    .withMessage("getpeername: Transport endpoint is not connected");
        }
    }

    @Test
    void theOptionsOfAcceptedConnectionsAreOffUntilSet() throws IOException {
        try (Client client = Client.connect(os, "127.0.0.1")) {
            assertThat(client.option(SocketC.IPPROTO_TCP, SocketC.TCP_NODELAY)).isZero();
            assertThat(client.option(SocketC.SOL_SOCKET, SocketC.SO_KEEPALIVE)).isZero();
            sockets.setNoDelay(client.fd());
            sockets.setKeepAlive(client.fd());
            assertThat(client.option(SocketC.IPPROTO_TCP, SocketC.TCP_NODELAY)).isOne();
            assertThat(client.option(SocketC.SOL_SOCKET, SocketC.SO_KEEPALIVE)).isOne();
        }
    }

    @Test
    void anOptionThatDoesNotFitTheSocketIsReportedByName() {
        try (SocketPair pair = sockets.pair(Kind.STREAM)) {
            assertThatExceptionOfType(OsException.class)
                    .isThrownBy(() -> sockets.setNoDelay(pair.nearEnd()))
                    .satisfies(e -> assertThat(e.call()).isEqualTo("setsockopt(TCP_NODELAY)"));
        }
    }
}
