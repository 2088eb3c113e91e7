package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code log_statement} and {@code log_min_duration_statement}; the clock of these tests stands still. */
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
    void aSessionSetsItForItself() throws Exception {
        assertThat(logOf("set log_statement all", "insert")).containsExactly("statement: insert");
    }

    private List<String> logOf(String... texts) throws Exception {
        try (RawClient client = RawClient.ready(server.port())) {
            for (String text : texts) {
                client.query(text);
                client.untilReady();
            }
            return server.next().process().messages().stream()
                    .filter(message -> message.startsWith("statement: ") || message.startsWith("duration: "))
                    .toList();
        }
    }
}
