package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final List<Report> said = new ArrayList<>();
    private final Refusals refusals = new Refusals(said::add);
    private final RemoteAddress client =
            RemoteAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711));

    @Test
    void aFloodSaysOneLineForEachReasonAndOneWithEachHeartbeat() {
        for (int i = 0; i < 1_000; i++) {
            refusals.add(client, "sorry, too many clients already");
        }
        refusals.add(RemoteAddress.of(null), "the database system is shutting down");
        assertThat(messages())
                .containsExactly(
                        "refused connection from 127.0.0.1:4711: sorry, too many clients already",
                        "refused connection from [local]: the database system is shutting down");
        said.clear();
        refusals.heartbeat();
        assertThat(messages()).containsExactly("refused 999 further connections: sorry, too many clients already");
        said.clear();
        refusals.heartbeat();
        assertThat(said).isEmpty();
    }

    private List<String> messages() {
        return said.stream().map(Report::message).toList();
    }
}
