package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class SocketOwnerTest {
    private static final String ESTABLISHED =
            "   4: 0100007F:D431 0100007F:2328 01 00000000:00000000 00:00000000 00000000  1000        0 81234 1 0 20 4 0 10 -1";

    @Test
    void aLineOfTheTableIsRead() {
        var client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0xd431);
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);

        assertThat(SocketOwner.Line.parse(ESTABLISHED)).hasValue(new SocketOwner.Line(client, server, 1000));
    }

    @Test
    void anAddressOfIpv4IsOneAlsoInATableOfIpv6() {
        String mapped = ESTABLISHED.replace("0100007F", "0000000000000000FFFF00000100007F");

        assertThat(SocketOwner.Line.parse(mapped)).isEqualTo(SocketOwner.Line.parse(ESTABLISHED));
    }

    /** Such a line says 0, which would be root. */
    @Test
    void aSocketThatIsBeingClosedIsNobodys() {
        assertThat(SocketOwner.Line.parse(ESTABLISHED.replace(" 01 ", " 05 "))).isEmpty();
        assertThat(SocketOwner.Line.parse(ESTABLISHED.replace(" 01 ", " 06 "))).isEmpty();
    }

    @Test
    void aConnectionOfOursIsOurs() throws IOException {
        int user = Os.open().thisProcess().effectiveUserId();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                var accepted = server.accept()) {
            var there = (InetSocketAddress) accepted.getRemoteSocketAddress();
            var here = (InetSocketAddress) accepted.getLocalSocketAddress();

            assertThat(SocketOwner.of(there, here)).hasValue(user);

            client.shutdownOutput();
            assertThat(SocketOwner.of(there, here)).isEmpty();
        }
    }
}
