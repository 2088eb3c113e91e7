package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.os.Os;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ManagementPortTest {
    private final Os os = Os.open();

    @Test
    void aHostThatIsNoneIsNamed() {
        assertThatThrownBy(() -> new ManagementPort("1::2::3", 9000).check(os.listeners()))
                .isInstanceOf(ReportException.class)
                .hasMessage("could not translate management_address \"1::2::3\" to an address");
    }

    @Test
    void aPortIsTakenOnlyWhereSomebodyListens() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThatThrownBy(() -> new ManagementPort("127.0.0.2", taken.getLocalPort()).check(os.listeners()))
                    .isInstanceOf(ReportException.class)
                    .hasMessageStartingWith("could not listen on management port " + taken.getLocalPort());
            assertThatCode(() -> new ManagementPort("127.0.0.3", taken.getLocalPort()).check(os.listeners()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void noPortNeedsNoHost() {
        assertThatCode(() -> new ManagementPort("1::2::3", 0).check(os.listeners()))
                .doesNotThrowAnyException();
    }
}
