package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postmaster.auth.hba.HbaFile;
import dev.postmaster.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come in, as psql, the JDBC driver and the log see it, and as PostgreSQL 15 has it. */
class AccessIT {
    private static final String ME = System.getProperty("user.name");

    /** What both servers read in the same way, line by line. */
    private static final List<String> MISTAKES = List.of(
            "lokal all all trust",
            "local",
            "local all",
            "local all all",
            "local,host all all trust",
            "host all all",
            "host all all 127.0.0.1",
            "host all all 127.0.0.1 ffff:: trust",
            "host all all 127.0.0.1/33 trust",
            "host all all example.org/8 trust",
            "local all all maybe",
            "host all all all peer",
            "local all all trust,reject",
            "local all all peer map",
            "local all all peer colour=red",
            "local all all trust");

    @TempDir
    private Path directory;

    @Test
    void theFirstRuleThatFitsDecidesAndWhomNoneFitsIsRefused() throws Exception {
        try (var postmaster = RunningPostmaster.start()) {
            rules(postmaster, "host postgres ann all reject", "host postgres ann,postgres 127.0.0.1/32 trust");

            assertThat(postmaster.psql("-A", "-t", "-c", "select 1").out()).isEqualTo("1\n");
            assertThat(postmaster.psql("-U", "ann").err())
                    .endsWith("FATAL:  pg_hba.conf rejects connection for host \"127.0.0.1\", user \"ann\", database"
                            + " \"postgres\", no encryption\n");
            assertThat(postmaster.psql("-U", "alice").err())
                    .endsWith("FATAL:  no pg_hba.conf entry for host \"127.0.0.1\", user \"alice\", database"
                            + " \"postgres\", no encryption\n");

            rules(postmaster, "local all all trust");
            assertThatThrownBy(postmaster::connect)
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("28000"));
        }
    }

    @Test
    void theKernelSaysWhoIsAtTheOtherEndOfAUnixSocket() throws Exception {
        try (var postmaster = RunningPostmaster.start("log_connections=on")) {
            for (String role : List.of(ME, "alice", "ann")) {
                postmaster.psql("-c", "create role \"" + role + "\" login");
            }
            rules(postmaster, "local all alice peer map=aliases", "local all all peer");
            Files.writeString(postmaster.dataDirectory().resolve("pg_ident.conf"), "aliases " + ME + " alice\n");

            assertThat(local(postmaster, ME).out()).isEqualTo("1\n");
            assertThat(local(postmaster, "alice").out()).isEqualTo("1\n");
            assertThat(local(postmaster, "ann").err())
                    .endsWith("FATAL:  Peer authentication failed for user \"ann\"\n")
                    .doesNotContain("DETAIL");

            postmaster.awaitLog("connection authenticated: identity=\"" + ME + "\" method=peer (");
            postmaster.awaitLog("provided user name (ann) and authenticated user name (" + ME + ") do not match");
            postmaster.awaitLog("DETAIL:  Connection matched pg_hba.conf line 2: \"local all all peer\"");
        }
    }

    @Test
    void rulesWithAMistakeAreToldOfAndThePostmasterDoesNotStartOnThem() throws Exception {
        try (var postmaster = RunningPostmaster.start()) {
            rules(postmaster, "host all all all trust", "remote all all trust");
            postmaster.signal("HUP");

            postmaster.awaitLog("invalid connection type \"remote\"");
            postmaster.awaitLog("line 2 of configuration file \"" + hbaFile(postmaster) + "\"");
            postmaster.awaitLog("pg_hba.conf was not reloaded");

            postmaster.signal("INT");
            postmaster.awaitExit();
            postmaster.startAgain();
            assertThat(postmaster.awaitExit()).isEqualTo(1);
            assertThat(postmaster.log())
                    .anyMatch(line -> line.endsWith("LOG:  invalid connection type \"remote\""))
                    .anyMatch(line -> line.endsWith("FATAL:  could not load pg_hba.conf"));
        }
    }

    @Test
    void mistakesAreToldInTheWordsOfPostgresql() throws IOException {
        assumeTrue(RealPostgres.isInstalled(), "no PostgreSQL 15 on this system");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(directory.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
        try (var postgres = RealPostgres.start("hba_file=" + file)) {
            Files.write(file, MISTAKES);
            Outcome theirs = psql(
                    postgres.port(),
                    "select line_number, error from pg_hba_file_rules where error is not null order by 1");

            assertThat(ours(file)).isEqualTo(theirs.out().lines().toList());
        }
    }

    private static List<String> ours(Path file) {
        var found = new TreeMap<Integer, String>();
        for (Report problem : HbaFile.read(file).problems()) {
            String context = String.valueOf(problem.context());
            found.put(Integer.parseInt(context.split(" ", -1)[1]), problem.message());
        }
        var lines = new ArrayList<String>();
        found.forEach((line, message) -> lines.add(line + "|" + message));
        return lines;
    }

    private static void rules(RunningPostmaster postmaster, String... lines) throws IOException {
        Files.write(hbaFile(postmaster), List.of(lines));
    }

    private static Path hbaFile(RunningPostmaster postmaster) {
        return postmaster.dataDirectory().resolve("pg_hba.conf");
    }

    private static Outcome local(RunningPostmaster postmaster, String user) {
        return postmaster.psql("-h", postmaster.socketDirectory().toString(), "-U", user, "-A", "-t", "-c", "select 1");
    }

    private static Outcome psql(int port, String sql) {
        return Outcome.of(new ProcessBuilder(
                "psql",
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                "postgres",
                "-A",
                "-t",
                "-c",
                sql));
    }
}
