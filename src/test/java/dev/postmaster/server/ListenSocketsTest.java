package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PM-4 and PM-5 on real sockets of the loopback interface. */
class ListenSocketsTest {
    private final List<Report> reports = new ArrayList<>();
    private final List<ListenSockets> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(sockets -> sockets.sockets().forEach(Fd::close));
    }

    @Test
    void eachAddressIsAnnouncedAndTheFirstIsRemembered() {
        ListenSockets sockets = listening(0);

        sockets.open(List.of("127.0.0.1", "127.0.0.2"));

        assertThat(sockets.sockets()).hasSize(2);
        assertThat(sockets.firstAddress()).contains("127.0.0.1");
        assertThat(reports).extracting(Report::message).allMatch(line -> line.startsWith("listening on IPv4 address"));
    }

    @Test
    void aTakenPortIsNamedWithAHintAndFatalIfNothingElseWorks() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            ListenSockets sockets = listening(taken.getLocalPort());

            assertThatThrownBy(() -> sockets.open(List.of("127.0.0.1")))
                    .isInstanceOf(ReportException.class)
                    .hasMessageContaining("could not create any TCP/IP sockets");

            assertThat(reports.getFirst().message())
                    .isEqualTo("could not bind IPv4 address \"127.0.0.1\": Address already in use");
            assertThat(reports.getFirst().hint())
                    .isEqualTo("Is another postmaster already running on port " + taken.getLocalPort()
                            + "? If not, wait a few seconds and retry.");
        }
    }

    @Test
    void oneAddressThatFailsIsSkipped() {
        ListenSockets sockets = listening(0);

        sockets.open(List.of("no-such-host.invalid", "127.0.0.1"));

        assertThat(sockets.sockets()).hasSize(1);
        assertThat(sockets.firstAddress()).contains("127.0.0.1");
        assertThat(reports)
                .extracting(Report::message)
                .contains("could not create listen socket for \"no-such-host.invalid\"");
    }

    @Test
    void noMoreThanSixtyFourSocketsAreOpened() {
        ListenSockets sockets = listening(0);
        List<String> addresses = new ArrayList<>();
        for (int i = 1; i <= ListenSockets.MAX + 1; i++) {
            addresses.add("127.0.0." + i);
        }

        sockets.open(addresses);

        assertThat(sockets.sockets()).hasSize(ListenSockets.MAX);
        assertThat(reports)
                .extracting(Report::message)
                .contains("could not bind to all requested addresses: MAXLISTEN (64) exceeded");
    }

    @Test
    void anEmptyListOpensNothingAndIsNoError() {
        ListenSockets sockets = listening(0);

        sockets.open(List.of());

        assertThat(sockets.sockets()).isEmpty();
        assertThat(sockets.firstAddress()).isEmpty();
    }

    private ListenSockets listening(int port) {
        var sockets = new ListenSockets(Os.open().listeners(), port, reports::add);
        opened.add(sockets);
        return sockets;
    }
}
