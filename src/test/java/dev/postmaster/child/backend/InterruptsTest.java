package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.QuitReason;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptsTest {
    private static final String GOODBYE =
            "E SFATAL|VFATAL|C57P01|Mterminating connection due to administrator command||";

    private final ScriptedStore store = new ScriptedStore();
    private TestServer server;
    private RawClient client;
    private TestServer.Served served;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer((database, facts) -> store);
        client = RawClient.ready(server.port());
        served = server.next();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private int exitStatus() throws Exception {
        return served.process().exit.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCancelStopsTheStatementAndOnlyThat_SG26() throws Exception {
        client.query("wait");
        store.waiting.await();
        served.interrupts().cancel();
        assertThat(client.untilReady())
                .containsExactly("E SERROR|VERROR|C57014|Mcanceling statement due to user request||", "Z I");
        client.query("insert");
        assertThat(client.untilReady()).containsExactly("C INSERT|", "Z I");
    }

    @Test
    void aCancelWhileIdleIsForgotten_SG26() throws Exception {
        served.interrupts().cancel();
        client.query("insert");
        assertThat(client.untilReady()).containsExactly("C INSERT|", "Z I");
    }

    @Test
    void aCancelStopsAResultWithoutEnd() throws Exception {
        client.query("flood");
        assertThat(client.read()).startsWith("T");
        assertThat(client.read()).startsWith("D");
        served.interrupts().cancel();
        assertThat(client.untilReady())
                .endsWith("E SERROR|VERROR|C57014|Mcanceling statement due to user request||", "Z I");
    }

    @Test
    void aStatementMayTakeSoLong() throws Exception {
        client.query("set statement_timeout 20");
        client.untilReady();
        client.query("wait");
        assertThat(client.untilReady())
                .containsExactly("E SERROR|VERROR|C57014|Mcanceling statement due to statement timeout||", "Z I");
    }

    @Test
    void terminationOfAnIdleSessionIsImmediate_SG26() throws Exception {
        served.interrupts().terminate();
        assertThat(client.read()).isEqualTo(GOODBYE);
        assertThat(client.read()).isEmpty();
        assertThat(exitStatus()).isEqualTo(1);
        assertThat(served.process().messages())
                .contains("terminating connection due to administrator command")
                .last()
                .asString()
                .startsWith("disconnection: ");
    }

    @Test
    void terminationOfABusySessionStopsItsStatement() throws Exception {
        client.query("begin; wait");
        store.waiting.await();
        served.interrupts().terminate();
        assertThat(client.read()).isEqualTo("C BEGIN|");
        assertThat(client.read()).isEqualTo(GOODBYE);
        assertThat(client.read()).isEmpty();
        assertThat(exitStatus()).isEqualTo(1);
        assertThat(store.told).last().isEqualTo("close");
        assertThat(served.process().logged)
                .filteredOn(report -> report.severity() == Severity.FATAL)
                .extracting(Report::statement)
                .containsExactly("begin; wait");
    }

    @Test
    void terminationDoesNotWaitForAClientThatDoesNotRead() throws Exception {
        client.query("flood");
        assertThat(client.read()).startsWith("T");
        served.interrupts().terminate();
        assertThat(exitStatus()).isEqualTo(1);
        assertThat(served.process().messages()).contains("terminating connection due to administrator command");
    }

    @Test
    void thePostmastersDeathEndsTheSession_CH45() throws Exception {
        served.interrupts().postmasterDied();
        assertThat(client.read())
                .isEqualTo("E SFATAL|VFATAL|C57P01|Mterminating connection due to unexpected postmaster exit||");
        assertThat(exitStatus()).isEqualTo(1);
    }

    @Test
    void thePostmastersDeathEndsABusySessionBeforeItsWatchReturns() throws Exception {
        client.query("wait");
        store.waiting.await();
        served.interrupts().postmasterDied();
        assertThat(store.told).last().isEqualTo("close");
        assertThat(exitStatus()).isEqualTo(1);
        assertThat(client.read())
                .isEqualTo("E SFATAL|VFATAL|C57P01|Mterminating connection due to unexpected postmaster exit||");
    }

    @Test
    void quickdieAfterACrashTellsTheClientOnly_SG12() throws Exception {
        served.process().quitReason = QuitReason.CRASH;
        client.query("wait");
        store.waiting.await();
        served.interrupts().quit();
        assertThat(client.read())
                .isEqualTo("N SWARNING|VWARNING|C57P02|Mterminating connection because of crash of another server"
                        + " process|DThe postmaster has commanded this server process to roll back the current"
                        + " transaction and exit, because another server process exited abnormally and possibly"
                        + " corrupted shared memory.|HIn a moment you should be able to reconnect to the database"
                        + " and repeat your command.||");
        assertThat(exitStatus()).isEqualTo(2);
        assertThat(served.process().messages()).noneMatch(message -> message.contains("crash"));
    }

    @Test
    void quickdieOnImmediateShutdownTellsTheClientOnly_SG12() throws Exception {
        served.process().quitReason = QuitReason.STOP;
        served.interrupts().quit();
        assertThat(client.read())
                .isEqualTo("N SWARNING|VWARNING|C57P01|Mterminating connection due to immediate shutdown command||");
        assertThat(exitStatus()).isEqualTo(2);
        assertThat(served.process().messages()).noneMatch(message -> message.contains("shutdown"));
    }

    @Test
    void aStrayQuitIsToldAndLogged_SG12() throws Exception {
        served.interrupts().quit();
        String message = "terminating connection because of unexpected SIGQUIT signal";
        assertThat(client.read()).isEqualTo("N SWARNING|VWARNING|C57P01|M" + message + "||");
        assertThat(exitStatus()).isEqualTo(2);
        assertThat(served.process().messages()).contains(message);
    }

    @Test
    void quickdieDoesNotWaitForAClientThatDoesNotRead() throws Exception {
        client.query("flood");
        assertThat(client.read()).startsWith("T");
        served.interrupts().quit();
        assertThat(exitStatus()).isEqualTo(2);
    }

    @Test
    void beforeAuthenticationNothingIsSaid_SG13() throws Exception {
        try (RawClient silent = new RawClient(server.port())) {
            TestServer.Served unknown = server.next();
            unknown.interrupts().quit();
            assertThat(silent.readByte()).isEqualTo(-1);
            assertThat(unknown.process().exit.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
        try (RawClient silent = new RawClient(server.port())) {
            TestServer.Served unknown = server.next();
            unknown.interrupts().terminate();
            assertThat(silent.readByte()).isEqualTo(-1);
            assertThat(unknown.process().exit.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void authenticationMayTakeSoLong_CL6() throws Exception {
        server.set("authentication_timeout", "1s");
        try (RawClient silent = new RawClient(server.port())) {
            silent.bytes(0, 0, 0, 50, 0, 3);
            assertThat(silent.readByte()).isEqualTo(-1);
            TestProcess process = server.next().process();
            assertThat(process.exit.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(process.messages()).contains("canceling authentication due to timeout");
        }
    }

    @Test
    void twoReasonsToEndAreOneEnd() throws Exception {
        client.query("wait");
        store.waiting.await();
        Thread second = Thread.ofPlatform().start(() -> served.interrupts().terminate());
        served.interrupts().terminate();
        second.join();
        assertThat(client.read()).isEqualTo(GOODBYE);
        assertThat(client.read()).isEmpty();
        assertThat(served.process().messages().stream().filter(m -> m.startsWith("terminating")))
                .hasSize(1);
    }
}
