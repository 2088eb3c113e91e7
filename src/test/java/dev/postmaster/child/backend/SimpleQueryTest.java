package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimpleQueryTest {
    private static final String ABORTED = "E SERROR|VERROR|C25P02|Mcurrent transaction is aborted, commands ignored"
            + " until end of transaction block||";

    private final ScriptedStore store = new ScriptedStore();
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        server = new TestServer((database, facts) -> store);
        client = RawClient.ready(server.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void assertAnswer(String sql, String... messages) throws IOException {
        client.query(sql);
        assertThat(client.untilReady()).containsExactly(messages);
    }

    @Test
    void rowsAreDescribedAndSentAsText() throws IOException {
        assertAnswer(
                "rows 2",
                "T |\u0001n||||||||||\u0019\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd||",
                "D |\u0001|||\u00011",
                "D |\u0001|||\u00012",
                "C SELECT 2|",
                "Z I");
    }

    @Test
    void aStringWithoutStatementsIsAnEmptyQuery() throws IOException {
        assertAnswer(" ; ", "I ", "Z I");
    }

    @Test
    void oneStatementNeedsNoTransactionOfOurs() throws IOException {
        assertAnswer("insert", "C INSERT|", "Z I");
        assertThat(store.story()).containsExactly("insert");
    }

    @Test
    void severalStatementsAreOneTransaction() throws IOException {
        assertAnswer("insert; insert", "C INSERT|", "C INSERT|", "Z I");
        assertThat(store.story()).containsExactly("begin", "insert", "insert", "commit");
    }

    @Test
    void anErrorAmongThemTakesBackAllAndSkipsTheRest() throws IOException {
        assertAnswer("insert; fail; insert", "C INSERT|", "E SERROR|VERROR|C22012|Mdivision by zero||", "Z I");
        assertThat(store.story()).containsExactly("begin", "insert", "fail", "rollback");
    }

    @Test
    void aCommitAmongThemKeepsWhatCameBeforeIt() throws IOException {
        assertAnswer(
                "insert; commit; insert; fail",
                "C INSERT|",
                "N SWARNING|VWARNING|C25P01|Mthere is no transaction in progress||",
                "C COMMIT|",
                "C INSERT|",
                "E SERROR|VERROR|C22012|Mdivision by zero||",
                "Z I");
        assertThat(store.story()).containsExactly("begin", "insert", "commit", "begin", "insert", "fail", "rollback");
    }

    @Test
    void aBeginAmongThemMakesAllOfItTheClientsTransaction() throws IOException {
        assertAnswer("insert; begin; insert", "C INSERT|", "C BEGIN|", "C INSERT|", "Z T");
        assertThat(store.story()).containsExactly("begin", "insert", "insert");
    }

    @Test
    void aTransactionIsTheClients() throws IOException {
        assertAnswer("begin", "C BEGIN|", "Z T");
        assertAnswer("insert", "C INSERT|", "Z T");
        assertAnswer("commit", "C COMMIT|", "Z I");
        assertThat(store.story()).containsExactly("begin", "insert", "commit");
    }

    @Test
    void beginTwiceIsAWarning() throws IOException {
        assertAnswer("begin", "C BEGIN|", "Z T");
        assertAnswer(
                "begin", "N SWARNING|VWARNING|C25001|Mthere is already a transaction in progress||", "C BEGIN|", "Z T");
    }

    @Test
    void endingNothingIsAWarning() throws IOException {
        String warning = "N SWARNING|VWARNING|C25P01|Mthere is no transaction in progress||";
        assertAnswer("commit", warning, "C COMMIT|", "Z I");
        assertAnswer("rollback", warning, "C ROLLBACK|", "Z I");
    }

    /** Whether the log shows it is {@code log_min_error_statement}'s business. */
    @Test
    void aWarningNamesItsStatementToTheLog() throws Exception {
        client.query("insert; commit");
        client.untilReady();
        assertThat(server.next().process().logged)
                .filteredOn(report -> report.severity() == Severity.WARNING)
                .extracting(Report::statement)
                .containsExactly("insert; commit");
    }

    @Test
    void afterAnErrorOnlyTheEndOfTheTransactionIsListenedTo() throws IOException {
        client.query("begin; fail");
        assertThat(client.untilReady()).endsWith("E SERROR|VERROR|C22012|Mdivision by zero||", "Z E");
        assertThat(store.story()).as("the dead keep no locks").containsExactly("begin", "fail", "rollback");
        assertAnswer("insert", ABORTED, "Z E");
        assertAnswer("begin", ABORTED, "Z E");
        assertAnswer("commit", "C ROLLBACK|", "Z I");
        assertAnswer("insert", "C INSERT|", "Z I");
    }

    @Test
    void aSavepointBringsADeadTransactionBack() throws IOException {
        client.query("begin; savepoint a; insert; fail");
        assertThat(client.untilReady()).endsWith("Z E");
        assertAnswer("rollback to b", "E SERROR|VERROR|C3B001|Msavepoint \"b\" does not exist||", "Z E");
        assertAnswer("rollback to a", "C ROLLBACK|", "Z T");
        assertAnswer("insert", "C INSERT|", "Z T");
        assertAnswer("commit", "C COMMIT|", "Z I");
        assertThat(store.story())
                .containsExactly("begin", "savepoint a", "insert", "fail", "rollback to a", "insert", "commit");
    }

    @Test
    void savepointsNeedATransaction() throws IOException {
        assertAnswer(
                "savepoint a", "E SERROR|VERROR|C25P01|MSAVEPOINT can only be used in transaction blocks||", "Z I");
    }

    @Test
    void aChainBeginsTheNextTransactionAtOnce() throws IOException {
        assertAnswer("begin read only", "C BEGIN|", "Z T");
        assertAnswer("commit and chain", "C COMMIT|", "Z T");
        assertThat(store.story()).containsExactly("begin read only", "forbid writes", "commit", "begin read only");
        assertAnswer("rollback", "C ROLLBACK|", "Z I");
        assertAnswer(
                "commit and chain",
                "E SERROR|VERROR|C25P01|MCOMMIT AND CHAIN can only be used in transaction blocks||",
                "Z I");
    }

    @Test
    void whatCannotRunInATransactionRunsAlone() throws IOException {
        assertAnswer("vacuum", "C VACUUM|", "Z I");
        assertThat(store.story()).containsExactly("vacuum");
    }

    @Test
    void aSessionCanBeReadOnly() throws IOException {
        assertAnswer("set default_transaction_read_only on", "C SET|", "S default_transaction_read_only|on|", "Z I");
        assertAnswer("insert", "C INSERT|", "Z I");
        assertThat(store.story()).containsExactly("begin read only", "insert", "commit");
    }

    @Test
    void thePositionOfAnErrorCountsFromTheStartOfTheString() throws IOException {
        client.query("ins\u00e9rt; nonsense");
        assertThat(client.untilReady()).contains("E SERROR|VERROR|C42601|Msyntax error at or near \"nonsense\"|P9||");
    }

    @Test
    void anErrorIsLoggedWithItsStatement() throws Exception {
        client.query("rows 1; fail");
        client.untilReady();
        assertThat(server.next().process().logged).last().satisfies(report -> {
            assertThat(report.message()).isEqualTo("division by zero");
            assertThat(report.statement()).isEqualTo("rows 1; fail");
        });
    }

    @Test
    void whatASessionDoesCanBeSeen() throws Exception {
        client.query("begin; fail");
        client.untilReady();
        client.query("rollback");
        client.untilReady();
        assertThat(server.next().process().activity)
                .containsExactly(
                        "hello alice", "wait IDLE", "run begin; fail", "wait FAILED", "run rollback", "wait IDLE");
    }

    @Test
    void aCheckpointIsAskedFor() throws Exception {
        assertAnswer("checkpoint", "C CHECKPOINT|", "Z I");
        assertThat(server.next().process().checkpoints).hasValue(1);
    }

    @Test
    void theCheckpointerLetsGoOfADatabaseBeforeItIsDropped() throws Exception {
        assertAnswer("drop shop", "C DROP|", "Z I");
        assertThat(server.next().process().activity).containsSubsequence("run drop shop", "let go", "wait IDLE");
    }

    @Test
    void noDatabaseIsDroppedWithinATransaction() throws Exception {
        assertAnswer("begin", "C BEGIN|", "Z T");
        assertAnswer(
                "drop shop", "E SERROR|VERROR|C25001|MDROP DATABASE cannot run inside a transaction block||", "Z E");
        assertThat(server.next().process().activity).doesNotContain("let go");
    }

    @Test
    void aFunctionCallByNumberIsRefused() throws IOException {
        client.send('F', "\0\0\0\1\0\0\0\0\0\0");
        assertThat(client.untilReady())
                .containsExactly("E SERROR|VERROR|C0A000|Mfunction calls by number are not supported||", "Z I");
    }

    @Test
    void aMalformedMessageIsAnErrorAndTheSessionGoesOn() throws IOException {
        client.send('Q', "no end");
        assertThat(client.untilReady()).containsExactly("E SERROR|VERROR|C08P01|Minvalid string in message||", "Z I");
        assertAnswer("insert", "C INSERT|", "Z I");
    }

    @Test
    void anUnknownMessageEndsTheSession() throws Exception {
        client.send('!', "");
        assertThat(client.untilReady())
                .containsExactly("E SFATAL|VFATAL|C08P01|Minvalid frontend message type 33||", "");
        assertThat(server.next().process().exit.get()).isEqualTo(1);
    }

    @Test
    void aClientThatVanishesInATransactionIsLogged() throws Exception {
        client.query("begin");
        client.untilReady();
        client.close();
        TestProcess process = server.next().process();
        assertThat(process.exit.get()).isZero();
        assertThat(process.messages()).contains("unexpected EOF on client connection with an open transaction");
        assertThat(store.told).last().isEqualTo("close");
    }
}
