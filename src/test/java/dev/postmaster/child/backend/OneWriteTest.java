package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a backend writes to its client: once for all that was asked for together. */
class OneWriteTest {
    private TestServer server;
    private RawClient client;
    private AtomicInteger writes;

    @BeforeEach
    void connect() throws Exception {
        ScriptedStore store = new ScriptedStore();
        server = new TestServer((database, facts) -> store);
        client = RawClient.ready(server.port());
        writes = server.next().process().writes;
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void answerTakes(int expected, int messages) throws IOException {
        int before = writes.get();
        client.send('S', "");
        assertThat(client.untilReady()).hasSize(messages);
        assertThat(writes.get() - before).isEqualTo(expected);
    }

    @Test
    void aSimpleQueryIsAnsweredInOne() throws IOException {
        int before = writes.get();
        client.query("rows 3; rows 2");
        assertThat(client.untilReady()).hasSize(1 + 3 + 1 + 1 + 2 + 1 + 1);
        assertThat(writes.get() - before).isOne();
    }

    @Test
    void manyExtendedQueriesBeforeOneSyncAreAnsweredInOne() throws IOException {
        int queries = 20;
        for (int i = 0; i < queries; i++) {
            client.send('P', "\0rows 1\0\0\0");
            client.send('B', "\0\0\0\0\0\0\0\0");
            client.send('E', "\0\0\0\0\0");
        }
        answerTakes(1, queries * 4 + 1);
    }

    @Test
    void whatIsFlushedGoesAtOnceAndTheRestInOneMore() throws IOException {
        int before = writes.get();
        client.send('P', "\0rows 1\0\0\0");
        client.send('H', "");
        assertThat(client.read()).isEqualTo("1 ");
        assertThat(writes.get() - before).isOne();

        client.send('B', "\0\0\0\0\0\0\0\0");
        client.send('E', "\0\0\0\0\0");
        answerTakes(1, 4);
    }
}
