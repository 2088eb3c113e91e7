package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtendedQueryTest {
    private static final String ROW_DESCRIPTION = "T |\u0001n||||||||||\u0019\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd||";

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

    private void parse(String name, String sql) throws IOException {
        client.send('P', name + "\0" + sql + "\0\0\0");
    }

    private void bind(String portal, String statement) throws IOException {
        client.send('B', portal + "\0" + statement + "\0\0\0\0\0\0\0");
    }

    private void execute(String portal, int rows) throws IOException {
        client.send('E', portal + "\0\0\0\0" + (char) rows);
    }

    private List<String> sync() throws IOException {
        client.send('S', "");
        return client.untilReady();
    }

    private static String error(String code, String message) {
        return "E SERROR|VERROR|C" + code + "|M" + message + "||";
    }

    @Test
    void aStatementIsParsedBoundDescribedAndExecuted() throws IOException {
        parse("", "rows 1");
        bind("", "");
        client.send('D', "P\0");
        execute("", 0);
        assertThat(sync()).containsExactly("1 ", "2 ", ROW_DESCRIPTION, "D |\u0001|||\u00011", "C SELECT 1|", "Z I");
    }

    @Test
    void aStatementIsDescribedByItsParametersAndColumns() throws IOException {
        parse("s", "insert $1");
        client.send('D', "Ss\0");
        parse("r", "rows 1");
        client.send('D', "Sr\0");
        assertThat(sync()).containsExactly("1 ", "t |\u0001|||\u0017", "n ", "1 ", "t ||", ROW_DESCRIPTION, "Z I");
    }

    @Test
    void parametersComeAsTextOrBinaryOrNull() throws IOException {
        parse("s", "insert $1");
        client.send('B', "\0s\0\0\0\0\1\0\0\0\00242\0\0");
        execute("", 0);
        client.send('B', "\0s\0\0\1\0\1\0\1\0\0\0\4\0\0\0+\0\0");
        execute("", 0);
        client.send('B', "\0s\0\0\0\0\1\u00ff\u00ff\u00ff\u00ff\0\0");
        execute("", 0);
        assertThat(sync()).endsWith("C INSERT|", "Z I");
        assertThat(store.story())
                .containsExactly("begin", "insert $1 [42]", "insert $1 [43]", "insert $1 [null]", "commit");
    }

    @Test
    void aPortalIsReadInPiecesWithinATransaction() throws IOException {
        client.query("begin");
        client.untilReady();
        parse("", "rows 3");
        bind("p", "");
        execute("p", 2);
        assertThat(sync()).containsExactly("1 ", "2 ", "D |\u0001|||\u00011", "D |\u0001|||\u00012", "s ", "Z T");
        execute("p", 2);
        assertThat(sync()).containsExactly("D |\u0001|||\u00013", "C SELECT 3|", "Z T");
        client.query("commit");
        client.untilReady();
        execute("p", 2);
        assertThat(sync()).containsExactly(error("34000", "portal \"p\" does not exist"), "Z I");
    }

    @Test
    void aPortalDoesNotOutliveItsSyncOutsideATransaction() throws IOException {
        parse("", "rows 3");
        bind("p", "");
        execute("p", 1);
        assertThat(sync()).endsWith("s ", "Z I");
        execute("p", 1);
        assertThat(sync()).containsExactly(error("34000", "portal \"p\" does not exist"), "Z I");
    }

    @Test
    void aPipelineIsOneTransaction() throws IOException {
        parse("i", "insert");
        for (int i = 0; i < 2; i++) {
            bind("", "i");
            execute("", 0);
        }
        sync();
        assertThat(store.story()).containsExactly("begin", "insert", "insert", "commit");
    }

    @Test
    void anErrorVoidsAllThatFollowsUpToSync() throws IOException {
        parse("i", "insert");
        bind("", "i");
        execute("", 0);
        parse("", "fail");
        bind("", "");
        execute("", 0);
        bind("", "i");
        execute("", 0);
        client.query("insert");
        assertThat(sync())
                .containsExactly("1 ", "2 ", "C INSERT|", "1 ", "2 ", error("22012", "division by zero"), "Z I");
        assertThat(store.story()).containsExactly("begin", "insert", "fail", "rollback");
        bind("", "i");
        execute("", 0);
        assertThat(sync()).containsExactly("2 ", "C INSERT|", "Z I");
    }

    @Test
    void whatCannotRunInATransactionRunsAloneInItsPipeline() throws IOException {
        parse("", "vacuum");
        bind("", "");
        execute("", 0);
        assertThat(sync()).containsExactly("1 ", "2 ", "C VACUUM|", "Z I");
        assertThat(store.story()).containsExactly("vacuum");
    }

    @Test
    void beginAndCommitWorkLikeAnyStatement() throws IOException {
        for (String sql : List.of("begin", "insert", "commit")) {
            parse("", sql);
            bind("", "");
            execute("", 0);
        }
        assertThat(sync())
                .containsExactly("1 ", "2 ", "C BEGIN|", "1 ", "2 ", "C INSERT|", "1 ", "2 ", "C COMMIT|", "Z I");
        assertThat(store.story()).containsExactly("begin", "insert", "commit");
    }

    @Test
    void aDeadTransactionRefusesToParseBindAndExecute() throws IOException {
        parse("i", "insert");
        sync();
        client.query("begin; fail");
        client.untilReady();
        String refusal =
                error("25P02", "current transaction is aborted, commands ignored until end of transaction block");
        parse("", "insert");
        assertThat(sync()).containsExactly(refusal, "Z E");
        bind("", "i");
        assertThat(sync()).containsExactly(refusal, "Z E");
        parse("", "rollback");
        bind("", "");
        execute("", 0);
        assertThat(sync()).containsExactly("1 ", "2 ", "C ROLLBACK|", "Z I");
    }

    @Test
    void anEmptyStatementHasAnAnswerOfItsOwn() throws IOException {
        parse("", " ; ");
        bind("", "");
        client.send('D', "P\0");
        execute("", 0);
        assertThat(sync()).containsExactly("1 ", "2 ", "n ", "I ", "Z I");
    }

    @Test
    void twoStatementsCannotBePrepared() throws IOException {
        parse("", "insert; insert");
        assertThat(sync())
                .containsExactly(error("42601", "cannot insert multiple commands into a prepared statement"), "Z I");
    }

    @Test
    void namesAreTakenUntilClosed() throws IOException {
        parse("a", "insert");
        parse("a", "insert");
        assertThat(sync()).containsExactly("1 ", error("42P05", "prepared statement \"a\" already exists"), "Z I");
        bind("p", "a");
        bind("p", "a");
        assertThat(sync()).containsExactly("2 ", error("42P03", "cursor \"p\" already exists"), "Z I");
        client.send('C', "Sa\0");
        bind("", "a");
        assertThat(sync()).containsExactly("3 ", error("26000", "prepared statement \"a\" does not exist"), "Z I");
        bind("", "");
        assertThat(sync()).containsExactly(error("26000", "unnamed prepared statement does not exist"), "Z I");
        client.send('C', "Pnever\0");
        assertThat(sync()).containsExactly("3 ", "Z I");
    }

    @Test
    void aPortalOutlivesTheNameOfItsStatement() throws IOException {
        parse("a", "rows 2");
        bind("p", "a");
        execute("p", 1);
        client.send('C', "Sa\0");
        client.send('H', "");
        for (int i = 0; i < 4; i++) {
            client.read();
        }
        assertThat(client.read()).isEqualTo("3 ");
        assertThat(store.told).doesNotContain("close rows 2");
        execute("p", 0);
        assertThat(sync()).containsExactly("D |\u0001|||\u00012", "C SELECT 2|", "Z I");
        assertThat(store.told).contains("close rows 2");
    }

    @Test
    void numbersThatDoNotMatchAreProtocolViolations() throws IOException {
        parse("s", "insert $1");
        bind("", "s");
        assertThat(sync())
                .contains(
                        error("08P01", "bind message supplies 0 parameters, but prepared statement \"s\" requires 1"));
        client.send('B', "\0s\0\0\2\0\0\0\0\0\1\0\0\0\0011\0\0");
        assertThat(sync()).contains(error("08P01", "bind message has 2 parameter formats but 1 parameters"));
        client.send('B', "\0s\0\0\1\0\2\0\1\0\0\0\0011\0\0");
        assertThat(sync()).contains(error("22023", "unsupported format code: 2"));
        parse("r", "rows 1");
        client.send('B', "\0r\0\0\0\0\0\0\2\0\0\0\0");
        assertThat(sync()).contains(error("08P01", "bind message has 2 result formats but query has 1 columns"));
    }

    @Test
    void deallocateAndDiscardForgetStatements() throws IOException {
        parse("a", "insert");
        parse("b", "insert");
        sync();
        client.query("deallocate a");
        assertThat(client.untilReady()).containsExactly("C DEALLOCATE|", "Z I");
        client.query("deallocate a");
        assertThat(client.untilReady())
                .containsExactly(error("26000", "prepared statement \"a\" does not exist"), "Z I");
        client.query("discard all");
        assertThat(client.untilReady()).containsExactly("C DISCARD ALL|", "Z I");
        bind("", "b");
        assertThat(sync()).containsExactly(error("26000", "prepared statement \"b\" does not exist"), "Z I");
    }

    @Test
    void aMessageThatMakesNoSenseVoidsTheRestToo() throws IOException {
        client.send('D', "X\0");
        parse("", "insert");
        assertThat(sync()).containsExactly(error("08P01", "invalid DESCRIBE message subtype 88"), "Z I");
    }
}
