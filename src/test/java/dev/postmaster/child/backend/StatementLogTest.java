package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code log_statement}, {@code log_duration} and {@code log_min_duration_statement}; the clock of these tests stands still. */
class StatementLogTest {
    private TestServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TestServer((database, facts) -> new ScriptedStore());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void nothingIsLoggedUnlessAsked() throws Exception {
        assertThat(logOf("insert")).isEmpty();
    }

    @Test
    void theWholeTextIsLoggedIfOneOfItsStatementsQualifies() throws Exception {
        server.set("log_statement", "mod");
        assertThat(logOf("begin; insert; commit")).containsExactly("statement: begin; insert; commit");
    }

    @Test
    void whatDoesNotQualifyIsNotLogged() throws Exception {
        server.set("log_statement", "ddl");
        assertThat(logOf("insert")).isEmpty();
    }

    @Test
    void aStatementThatTookLongEnoughIsLoggedWithItsTime() throws Exception {
        server.set("log_min_duration_statement", "0");
        assertThat(logOf("insert")).containsExactly("duration: 0.000 ms  statement: insert");
    }

    @Test
    void aStatementThatIsInTheLogAlreadyIsNotRepeated() throws Exception {
        server.set("log_statement", "all");
        server.set("log_min_duration_statement", "0");
        assertThat(logOf("insert")).containsExactly("statement: insert", "duration: 0.000 ms");
    }

    @Test
    void oneThatWasQuickerIsNotLogged() throws Exception {
        server.set("log_min_duration_statement", "1ms");
        assertThat(logOf("insert")).isEmpty();
    }

    @Test
    void theTimeOfEachStatementIsLoggedWithoutItsText() throws Exception {
        server.set("log_duration", "on");
        assertThat(logOf("insert")).containsExactly("duration: 0.000 ms");
    }

    @Test
    void aStatementThatIsLoggedWithItsTimeIsLoggedOnce() throws Exception {
        server.set("log_duration", "on");
        server.set("log_min_duration_statement", "0");
        assertThat(logOf("insert")).containsExactly("duration: 0.000 ms  statement: insert");
    }

    /** exec_parse_message, exec_bind_message, exec_execute_message. */
    @Test
    void eachStepOfTheExtendedProtocolHasItsTimeAndItsParameters() throws Exception {
        server.set("log_min_duration_statement", "0");
        assertThat(logOfSteps("", ""))
                .containsExactly(
                        "duration: 0.000 ms  parse <unnamed>: rows 2 $1",
                        "duration: 0.000 ms  bind <unnamed>: rows 2 $1 | parameters: $1 = '42'",
                        "duration: 0.000 ms  execute <unnamed>: rows 2 $1 | parameters: $1 = '42'",
                        "duration: 0.000 ms  execute fetch from <unnamed>: rows 2 $1 | parameters: $1 = '42'");
    }

    @Test
    void statementsAndPortalsAreCalledByTheirNames() throws Exception {
        server.set("log_min_duration_statement", "0");
        assertThat(logOfSteps("s", "p"))
                .containsExactly(
                        "duration: 0.000 ms  parse s: rows 2 $1",
                        "duration: 0.000 ms  bind s/p: rows 2 $1 | parameters: $1 = '42'",
                        "duration: 0.000 ms  execute s/p: rows 2 $1 | parameters: $1 = '42'",
                        "duration: 0.000 ms  execute fetch from s/p: rows 2 $1 | parameters: $1 = '42'");
    }

    @Test
    void onlyTheExecutionIsAStatement() throws Exception {
        server.set("log_statement", "all");
        assertThat(logOfSteps("", ""))
                .containsExactly(
                        "execute <unnamed>: rows 2 $1 | parameters: $1 = '42'",
                        "execute fetch from <unnamed>: rows 2 $1 | parameters: $1 = '42'");
    }

    @Test
    void aStepThatDoesNotNameItsTextHasOnlyItsTime() throws Exception {
        server.set("log_duration", "on");
        assertThat(logOfSteps("", "")).hasSize(4).containsOnly("duration: 0.000 ms");
    }

    @Test
    void aSessionSetsItForItself() throws Exception {
        assertThat(logOf("set log_statement all", "insert")).containsExactly("statement: insert");
    }

    private List<String> logOf(String... texts) throws Exception {
        try (RawClient client = RawClient.ready(server.port())) {
            for (String text : texts) {
                client.query(text);
                client.untilReady();
            }
            return logged();
        }
    }

    /** Parse, Bind, and two times Execute for one row. */
    private List<String> logOfSteps(String statement, String portal) throws Exception {
        try (RawClient client = RawClient.ready(server.port())) {
            client.send('P', statement + "\0rows 2 $1\0\0\0");
            client.send('B', portal + "\0" + statement + "\0\0\0\0\1\0\0\0\00242\0\0");
            client.send('E', portal + "\0\0\0\0\1");
            client.send('E', portal + "\0\0\0\0\1");
            client.send('S', "");
            client.untilReady();
            return logged();
        }
    }

    private List<String> logged() throws Exception {
        return server.next().process().logged.stream()
                .map(report -> report.message() + (report.detail() == null ? "" : " | " + report.detail()))
                .filter(said -> said.matches("(statement|duration|execute).*"))
                .toList();
    }
}
