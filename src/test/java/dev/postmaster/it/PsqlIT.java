package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The distribution's own psql and pgbench, which know nothing of us. */
class PsqlIT {
    private static RunningPostmaster postmaster;

    @BeforeAll
    static void start() {
        postmaster = RunningPostmaster.start();
    }

    @AfterAll
    static void stop() {
        postmaster.close();
    }

    @Test
    void psqlCreatesInsertsAndSelects() {
        Outcome outcome = postmaster.psql(
                "-A",
                "-t",
                "-c",
                "create table fruit (id integer primary key, name text not null)",
                "-c",
                "insert into fruit values (1, 'apple'), (2, 'pear')",
                "-c",
                "select id, name from fruit order by id");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines()).containsExactly("CREATE TABLE", "INSERT 0 2", "1|apple", "2|pear");
    }

    @Test
    void aDatabaseIsCreatedUsedDroppedAndCreatedAgain() {
        assertThat(said("-c", "create database shop")).isEqualTo("CREATE DATABASE");
        assertThat(said("-d", "shop", "-c", "create table t as select 1 as a", "-c", "table t"))
                .endsWith("1");
        assertThat(said("-c", "checkpoint", "-c", "drop database shop")).isEqualTo("CHECKPOINT\nDROP DATABASE");
        assertThat(postmaster.psql("-d", "shop").err()).contains("FATAL:  database \"shop\" does not exist");

        assertThat(said("-c", "create database shop")).isEqualTo("CREATE DATABASE");
        assertThat(postmaster.psql("-d", "shop", "-c", "table t").err()).contains("relation \"t\" does not exist");
        assertThat(said("-c", "drop database shop")).isEqualTo("DROP DATABASE");
    }

    @Test
    void aDatabaseInUseIsNotDropped() throws SQLException {
        assertThat(said("-c", "create database busy")).isEqualTo("CREATE DATABASE");
        try (Connection user = postmaster.connect("busy", new Properties())) {
            Outcome refused = postmaster.psql("-v", "VERBOSITY=verbose", "-c", "drop database busy");

            assertThat(refused.err()).startsWith("ERROR:  55006: database \"busy\" is being accessed by other users");
            assertThat(user.isValid(30)).isTrue();
        }
        assertThat(said("-c", "drop database busy")).isEqualTo("DROP DATABASE");
    }

    @Test
    void aParameterWithoutAValueIsAnError() {
        assertThat(postmaster
                        .psql("-v", "VERBOSITY=verbose", "-c", "select 1 + $1::int")
                        .err()
                        .lines())
                .containsExactly(
                        "ERROR:  42P02: there is no parameter $1",
                        "LINE 1: select 1 + $1::int",
                        "                   ^");
    }

    @Test
    void psqlSeesWhereItIsConnected() {
        Outcome outcome = postmaster.psql("-c", "\\conninfo");

        assertThat(outcome.out())
                .contains("You are connected to database \"postgres\" as user \"postgres\" on host \"127.0.0.1\"")
                .contains("at port \"" + postmaster.port() + "\"");
    }

    @Test
    void psqlOverTheUnixSocketSeesTheSameCluster() {
        Outcome outcome = Outcome.of(new ProcessBuilder(List.of(
                "psql",
                "-X",
                "-A",
                "-t",
                "-h",
                postmaster.socketDirectory().toString(),
                "-p",
                Integer.toString(postmaster.port()),
                "-U",
                "postgres",
                "-c",
                "select 6 * 7",
                "postgres")));

        assertThat(outcome.out().strip()).isEqualTo("42");
    }

    @Test
    void controlCCancelsALongQuery() throws IOException, InterruptedException {
        Process psql = new ProcessBuilder(
                        "psql",
                        "-X",
                        "-A",
                        "-t",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(postmaster.port()),
                        "-U",
                        "postgres",
                        "postgres")
                .redirectErrorStream(true)
                .start();
        try (var in = psql.outputWriter(StandardCharsets.UTF_8)) {
            in.write("select pg_backend_pid();\n");
            in.write("with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n;\n");
            in.flush();
            var out = psql.inputReader(StandardCharsets.UTF_8);
            int backend = Integer.parseInt(out.readLine());
            // psql turns Ctrl-C into a cancel request once the query is on its way: it sent both lines' bytes together,
            // and the backend is known to be busy when its process burns CPU time.
            long idle = Proc.cpuTicks(backend);
            Deadline.await(
                    "the backend works on the query",
                    RunningPostmaster.PATIENCE,
                    () -> Proc.cpuTicks(backend) > idle + 20);
            RunningPostmaster.signal(psql.pid(), "INT");

            // A psql that reads a script stops at Ctrl-C; what the server said comes first.
            String said = out.readLine();
            assertThat(said.equals("Cancel request sent") ? out.readLine() : said)
                    .isEqualTo("ERROR:  canceling statement due to user request");
        } finally {
            psql.waitFor(10, TimeUnit.SECONDS);
            psql.destroyForcibly();
        }
    }

    @Test
    void pgbenchFillsItsTablesAndRunsItsTransactions() {
        Outcome filled = pgbench("-i", "-s", "1");
        assertThat(filled.status()).as(filled.err()).isZero();
        assertThat(said("-c", "select count(*), sum(aid) from pgbench_accounts"))
                .isEqualTo("100000|5000050000");

        Outcome run = pgbench("-c", "4", "-t", "50");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("number of transactions actually processed: 200/200")
                .contains("number of failed transactions: 0 (0.000%)");
        assertThat(said("-c", "select count(*) from pgbench_history")).isEqualTo("200");
        assertThat(said("-c", "select (select sum(abalance) from pgbench_accounts) = sum(delta) from pgbench_history"))
                .isEqualTo("t");
        assertThat(postmaster.log()).noneMatch(line -> line.contains("STATEMENT: ") && line.contains("pgbench_"));
    }

    private static Outcome pgbench(String... arguments) {
        return pgbench(Outcome.PATIENCE, arguments);
    }

    private static Outcome pgbench(Duration limit, String... arguments) {
        var command = new ArrayList<>(List.of("pgbench", "-h", "127.0.0.1", "-p"));
        command.addAll(List.of(Integer.toString(postmaster.port()), "-U", "postgres"));
        command.addAll(List.of(arguments));
        command.add("postgres");
        return Outcome.of(new ProcessBuilder(command), limit);
    }

    @Test
    void psqlCopiesAFileThereAndBack() throws IOException {
        Path in = Files.createTempFile("in", ".csv");
        Path out = Files.createTempFile("out", ".csv");
        Files.writeString(in, "1,\"a, b\"\n2,\n");

        said("-c", "create table copied (id int, name text)");
        assertThat(said("-c", "\\copy copied from '" + in + "' with csv")).isEqualTo("COPY 2");
        assertThat(said("-c", "\\copy (select * from copied order by id) to '" + out + "' csv"))
                .isEqualTo("COPY 2");

        assertThat(out).hasSameTextualContentAs(in);
        Files.delete(in);
        Files.delete(out);
    }

    @Test
    void pgbenchOpensConnectionAfterConnectionWithoutAnError() throws IOException {
        Path script = Files.createTempFile("select1", ".sql");
        Files.writeString(script, "select 1;\n");
        int connections = Integer.getInteger("pgbench.connections", 100);

        Outcome outcome = pgbench(
                Outcome.PATIENCE.plusSeconds(connections),
                "-n",
                "-C",
                "-c",
                "2",
                "-t",
                Integer.toString(connections / 2),
                "-f",
                script.toString());

        Files.delete(script);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("number of transactions actually processed: " + connections + "/" + connections)
                .contains("number of failed transactions: 0 (0.000%)");
    }

    /** What psql prints, which has nothing to complain about. */
    private static String said(String... arguments) {
        var all = new ArrayList<>(List.of("-A", "-t"));
        all.addAll(List.of(arguments));
        Outcome outcome = postmaster.psql(all.toArray(String[]::new));
        assertThat(outcome.err()).isEmpty();
        return outcome.out().strip();
    }
}
