package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session refuses, and goes on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusalsTest {
    @TempDir
    private Path base;

    private TestServer server;
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        server = new TestServer(Stores.in(base));
        client = RawClient.ready(server.port());
        assertThat(answer("create table item (id integer primary key, name text)"))
                .contains("C CREATE TABLE|");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private List<String> answer(String sql) throws IOException {
        client.query(sql);
        return client.untilReady();
    }

    private void assertRefused(String sql, String code, String message) throws IOException {
        assertThat(answer(sql)).first().asString().startsWith("E SERROR|VERROR|C" + code + "|M" + message + "|");
        assertThat(answer("select 1")).contains("D |\u0001|||\u00011");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "drop table item; 42601; syntax error at or near \"drop\"",
                "begin; 42601; syntax error at or near \"begin\"",
                "explain select 1; 42601; syntax error at or near \"explain\"",
                "prepare p as select 1; 42601; syntax error at or near \"prepare\"",
                "(delete from item returning id); 42601; syntax error at or near \"delete\"",
                "insert into item values (1, 'a'); 0A000; COPY query must have a RETURNING clause",
            })
    void aCopyTakesOnlyWhatGivesRows(String query, String code, String message) throws IOException {
        assertRefused("copy (" + query + ") to stdout", code, message);
        assertThat(answer("select count(*) from item")).contains("D |\u0001|||\u00010");
    }

    @Test
    void aCopyTakesWhateverGivesRows() throws IOException {
        assertThat(answer("copy (insert into item values (1, 'a') returning name) to stdout"))
                .contains("d a\n", "C COPY 1|");
        assertThat(answer("copy ((select name from item)) to stdout")).contains("d a\n");
        assertThat(answer("copy (with w as (select * from item) select name from w) to stdout"))
                .contains("d a\n");
        assertThat(answer("copy (values (2)) to stdout")).contains("d 2\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "(delimiter E'\\n'); 22023; COPY delimiter cannot be newline or carriage return",
                "(null E'a\\rb'); 22023; COPY null representation cannot use newline or carriage return",
                "(delimiter 'a'); 22023; COPY delimiter cannot be \"a\"",
                "(quote '|'); 0A000; COPY quote available only in CSV mode",
                "(escape '|'); 0A000; COPY escape available only in CSV mode",
                "(format csv, quote '||'); 0A000; COPY quote must be a single one-byte character",
                "(format csv, quote ','); 22023; COPY delimiter and quote must be different",
                "(delimiter '|', null 'a|b'); 0A000; COPY delimiter must not appear in the NULL specification",
                "(format csv, null '\"'); 0A000; CSV quote character must not appear in the NULL specification",
                "(header, header); 42601; conflicting or redundant options",
                "(format text, csv); 42601; conflicting or redundant options",
            })
    void optionsOfACopyThatContradictAreRefused(String options, String code, String message) throws IOException {
        assertRefused("copy item to stdout " + options, code, message);
    }

    @Test
    void aColumnIsCopiedOnce() throws IOException {
        assertRefused("copy item (id, id) from stdin", "42701", "column \"id\" specified more than once");
        assertRefused("copy item (id, id) to stdout", "42701", "column \"id\" specified more than once");
        assertRefused("copy item (id + 1) to stdout", "42601", "syntax error at or near \"+\"");
        assertThat(answer("copy item (name, id) to stdout")).contains("C COPY 0|");
    }

    @Test
    void explainDoesNotPretendToHaveMeasured() throws IOException {
        assertRefused("explain analyze select 1", "0A000", "EXPLAIN ANALYZE is not supported");
        assertRefused("explain verbose analyze select 1", "0A000", "EXPLAIN ANALYZE is not supported");
        assertRefused("explain (verbose, analyze) select 1", "0A000", "EXPLAIN ANALYZE is not supported");
        assertThat(answer("explain (analyze off, verbose) select 1")).contains("C EXPLAIN|");
    }

    @Test
    void theModulusOfZeroIsADivisionByZero() throws IOException {
        assertRefused("select mod(5, 0)", "22012", "division by zero");
        assertRefused("select mod(5, mod(4, 2))", "22012", "division by zero");
        assertThat(answer("select mod(mod(17, 10), 2 + 2)::int")).contains("D |\u0001|||\u00013");
    }

    @Test
    void nestingWithoutEndIsAnErrorOfTheStatement() throws IOException {
        String depth = "stack depth limit exceeded";
        assertRefused("select " + "(".repeat(20_000) + "1" + ")".repeat(20_000), "54001", depth);
        assertRefused("copy (".repeat(3_000) + "select 1", "42601", "syntax error at end of input");
    }

    @Test
    void aStatementThatExecutesItselfIsRefused() throws IOException {
        client.send('P', "e1\0execute e1\0\0\0");
        client.send('B', "\0e1\0\0\0\0\0\0\0");
        client.send('E', "\0\0\0\0\0");
        client.send('S', "");
        assertThat(client.untilReady())
                .containsExactly("1 ", "2 ", "E SERROR|VERROR|C0A000|MEXECUTE of an EXECUTE is not supported||", "Z I");
    }

    @Test
    void anExecuteIsDescribedByWhatItRunsWithoutRunningIt() throws IOException {
        answer("prepare se as select name from item");
        answer("prepare ins as insert into item values (1, 'a') returning name");
        for (String target : List.of("se", "ins")) {
            client.send('P', "x\0execute " + target + "\0\0\0");
            client.send('D', "Sx\0");
            client.send('B', "\0x\0\0\0\0\0\0\0");
            client.send('D', "P\0");
            client.send('C', "Sx\0");
            client.send('S', "");
            List<String> messages = client.untilReady();
            assertThat(messages).hasSize(7);
            assertThat(messages.get(2)).startsWith("T |\u0001name|");
            assertThat(messages.get(4)).isEqualTo(messages.get(2));
        }
        assertThat(answer("select count(*) from item")).contains("D |\u0001|||\u00010");
    }

    @Test
    void aLineThatIsNoRowIsShown() throws IOException {
        client.query("copy item from stdin");
        client.send('d', "1\ta\nzwei\tb\n");
        client.send('c', "");
        assertThat(client.untilReady()).anySatisfy(message -> assertThat(message)
                .contains("C22P02|", "|WCOPY item, line 2, column id: \"zwei\"|"));
        client.query("copy item from stdin");
        client.send('d', "1\ta\tb\n");
        client.send('c', "");
        assertThat(client.untilReady())
                .anySatisfy(message -> assertThat(message).contains("C22P04|", "|WCOPY item, line 1: \"1\ta\tb\"|"));
    }
}
