package dev.postmaster.child.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real psql against sessions over real databases. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlTest {
    private static final Path PSQL = Path.of("/usr/bin/psql");

    @TempDir
    private Path base;

    private TestServer server;

    @BeforeEach
    void listen() throws IOException {
        Assumptions.assumeTrue(PSQL.toFile().canExecute(), "there is no psql here");
        server = new TestServer(Stores.in(base));
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** What psql prints, errors included, when it is given this to read. */
    private String psql(String input, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                PSQL.toString(), "-X", "-h", "127.0.0.1", "-p", Integer.toString(server.port()), "-U", "alice"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGCONNECT_TIMEOUT", "10");
        Process psql = builder.start();
        psql.outputWriter(UTF_8).append(input).close();
        String output = new String(psql.getInputStream().readAllBytes(), UTF_8);
        assertThat(psql.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void aQueryIsAnswered() throws Exception {
        assertThat(psql("select 6 * 7 as answer, 'grüß' as word;", "shop")).isEqualTo("""
                         answer | word\s
                        --------+------
                             42 | grüß
                        (1 row)

                        """);
    }

    @Test
    void aSessionIsKept() throws Exception {
        assertThat(psql("""
                        create table t (a integer, b text);
                        insert into t values (1, 'x'), (2, null);
                        begin;
                        delete from t;
                        rollback;
                        select * from t order by a;
                        """, "-At", "shop"))
                .isEqualTo("CREATE TABLE\nINSERT 0 2\nBEGIN\nDELETE 2\nROLLBACK\n1|x\n2|\n");
    }

    @Test
    void anErrorShowsItsPlace() throws Exception {
        assertThat(psql("select colour;", "shop"))
                .startsWith("ERROR:  column \"colour\" does not exist\nLINE 1: select colour;");
    }

    @Test
    void anUnknownDatabaseIsSaidSo() throws Exception {
        assertThat(psql("", "nosuch")).contains("FATAL:  database \"nosuch\" does not exist");
    }

    @Test
    void theBannerNamesUs() throws Exception {
        assertThat(psql("\\conninfo\nshow server_version;", "-At", "shop"))
                .isEqualTo("You are connected to database \"shop\" as user \"alice\" on host \"127.0.0.1\" at port \""
                        + server.port() + "\".\n15.0 (Postmaster)\n");
    }
}
