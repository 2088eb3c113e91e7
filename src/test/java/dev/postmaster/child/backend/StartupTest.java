package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartupTest {
    private static final int PROTOCOL_3_0 = 3 << 16;

    private TestServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new TestServer((database, facts) -> {
            if (database.equals("nosuch")) {
                throw Errors.error(SqlState.INVALID_CATALOG_NAME, "database \"nosuch\" does not exist");
            }
            return new ScriptedStore();
        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aClientIsToldAllItNeedsBeforeItsFirstQuery() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0, "user", "alice", "application_name", "test", "TimeZone", "Europe/Berlin");
            assertThat(client.untilReady())
                    .containsExactly(
                            "R ||||",
                            "S application_name|test|",
                            "S client_encoding|UTF8|",
                            "S DateStyle|ISO, MDY|",
                            "S default_transaction_read_only|off|",
                            "S in_hot_standby|off|",
                            "S integer_datetimes|on|",
                            "S IntervalStyle|postgres|",
                            "S is_superuser|on|",
                            "S server_encoding|UTF8|",
                            "S server_version|15.0 (Postmaster)|",
                            "S session_authorization|alice|",
                            "S standard_conforming_strings|on|",
                            "S TimeZone|Europe/Berlin|",
                            "K ||\u0012g|\u0001\u0002\u0003",
                            "Z I");
        }
    }

    @Test
    void aClientOfProtocol32IsGivenTheWholeCancelKey_LN11() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0 + 2, "user", "alice");
            assertThat(client.untilReady())
                    .filteredOn(message -> message.startsWith("K"))
                    .singleElement()
                    .satisfies(key -> assertThat(key).hasSize("K ".length() + 4 + 32));
        }
    }

    @Test
    void whatWeDoNotKnowIsNegotiatedBeforeAnythingElse_CL19() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0 + 9, "user", "alice", "_pq_.future", "on");
            assertThat(client.untilReady()).startsWith("v |\u0003|\u0002|||\u0001_pq_.future|", "R ||||");
        }
    }

    @Test
    void encryptionIsDeclinedOncePerKindAndTheSessionGoesOn_CL13_CL14() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.bytes(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x30);
            assertThat(client.readByte()).isEqualTo('N');
            client.bytes(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
            assertThat(client.readByte()).isEqualTo('N');
            client.startup(PROTOCOL_3_0, "user", "alice");
            assertThat(client.untilReady()).startsWith("R ||||").endsWith("Z I");
        }
    }

    @Test
    void aRefusalIsToldAndLoggedAndExitsWith1() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0, "database", "shop");
            assertThat(client.untilReady())
                    .containsExactly(
                            "E SFATAL|VFATAL|C28000|Mno PostgreSQL user name specified in startup packet||", "");
        }
        assertEnds(1, "no PostgreSQL user name specified in startup packet");
    }

    @Test
    void aCancelRequestThatReachesUsIsNotAnswered() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.bytes(0, 0, 0, 16, 0x04, 0xd2, 0x16, 0x2e, 0, 0, 0, 1, 1, 2, 3, 4);
            assertThat(client.readByte()).isEqualTo(-1);
        }
        assertThat(server.next().process().exit.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void nonsenseIsLoggedAndNotAnswered_CL11() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.bytes('G', 'E', 'T', ' ', '/');
            assertThat(client.readByte()).isEqualTo(-1);
        }
        assertEnds(0, "invalid length of startup packet");
    }

    @Test
    void aClientThatLeavesInItsPacketEndsTheProcess() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.bytes(0, 0, 0, 50, 0, 3, 0, 0, 'u');
        }
        assertThat(server.next().process().exit.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aDatabaseThatDoesNotExistIsFatal() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0, "user", "alice", "database", "nosuch");
            assertThat(client.untilReady())
                    .containsExactly("R ||||", "E SFATAL|VFATAL|C3D000|Mdatabase \"nosuch\" does not exist||", "");
        }
    }

    @Test
    void whoNeverGotASessionDoesNotEndOne_CL34() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0, "user", "alice", "database", "nosuch");
            client.untilReady();
        }
        assertEnds(1, "database \"nosuch\" does not exist");
    }

    @Test
    void aSettingNobodyKnowsIsFatal() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0, "user", "alice", "nonsense", "1");
            assertThat(client.untilReady())
                    .contains("E SFATAL|VFATAL|C42704|Munrecognized configuration parameter \"nonsense\"||");
        }
    }

    @Test
    void replicationIsRefused() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.startup(PROTOCOL_3_0, "user", "alice", "replication", "true");
            assertThat(client.untilReady())
                    .containsExactly("E SFATAL|VFATAL|C0A000|Mreplication is not supported||", "");
        }
    }

    @Test
    void whoComesAndGoesIsLoggedIfWanted_CL5_CL34() throws Exception {
        try (RawClient client = RawClient.ready(server.port())) {
            client.send('X', "");
            assertThat(client.read()).isEmpty();
        }
        TestProcess process = server.next().process();
        assertThat(process.exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(process.messages())
                .containsExactly(
                        "connection received: host=127.0.0.1 port=50000",
                        "connection authorized: user=alice database=shop",
                        "disconnection: session time: 1:02:03.004 user=alice database=shop host=127.0.0.1 port=50000");
    }

    private void assertEnds(int status, String logged) throws Exception {
        TestProcess process = server.next().process();
        assertThat(process.exit.get(10, TimeUnit.SECONDS)).isEqualTo(status);
        List<Report> reports = process.logged;
        assertThat(reports).last().satisfies(report -> {
            assertThat(report.message()).isEqualTo(logged);
            assertThat(report.severity()).isIn(Severity.LOG, Severity.FATAL);
        });
    }
}
