package dev.postmaster.auth.hba;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a client meets (check_hba): the first that fits, or none. */
class HbaRulesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} | {1} {2} {3} {4} -> {5}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "local all all trust                     | local      | db   | ann | yes",
                "local all all trust                     | 127.0.0.1  | db   | ann | no",
                "host all all all trust                  | local      | db   | ann | no",
                "host all all all trust                  | ::1        | db   | ann | yes",
                "host all all all trust                  | tls ::1    | db   | ann | yes",
                "hostssl all all all trust               | ::1        | db   | ann | no",
                "hostssl all all all trust               | tls ::1    | db   | ann | yes",
                "hostnossl all all all trust             | ::1        | db   | ann | yes",
                "hostnossl all all all trust             | tls ::1    | db   | ann | no",
                "hostgssenc all all all trust            | ::1        | db   | ann | no",
                "hostnogssenc all all all trust          | ::1        | db   | ann | yes",
                "host all all 10.1.0.0/16 trust          | 10.1.2.3   | db   | ann | yes",
                "host all all 10.1.0.0/16 trust          | 10.2.2.3   | db   | ann | no",
                "host all all 10.1.2.3/16 trust          | 10.1.9.9   | db   | ann | yes",
                "host all all 10.1.2.3/32 trust          | 10.1.2.3   | db   | ann | yes",
                "host all all 10.1.2.3/32 trust          | 10.1.2.2   | db   | ann | no",
                "host all all 0.0.0.0/0 trust            | 8.8.8.8    | db   | ann | yes",
                "host all all 0.0.0.0/0 trust            | ::1        | db   | ann | no",
                "host all all ::/0 trust                 | 8.8.8.8    | db   | ann | no",
                "host all all fe80::/10 trust            | fe81::7    | db   | ann | yes",
                "host all all 10.0.7.0 255.0.255.0 trust | 10.9.7.1   | db   | ann | yes",
                "host all all 10.0.7.0 255.0.255.0 trust | 10.9.8.1   | db   | ann | no",
                "host all all samehost trust             | 127.0.0.1  | db   | ann | yes",
                "host all all samenet trust              | 127.9.9.9  | db   | ann | yes",
                "host all all samehost trust             | 192.0.2.1  | db   | ann | no",
                "host all all localhost trust            | 127.0.0.1  | db   | ann | yes",
                "host all all .example.org trust         | 127.0.0.1  | db   | ann | no",
                "local db all trust                      | local      | db   | ann | yes",
                "local db all trust                      | local      | db2  | ann | no",
                "local a,db all trust                    | local      | db   | ann | yes",
                "local sameuser all trust                | local      | ann  | ann | yes",
                "local sameuser all trust                | local      | db   | ann | no",
                "local \"sameuser\" all trust            | local      | ann  | ann | no",
                "local samerole all trust                | local      | staff| ann | yes",
                "local samegroup all trust               | local      | db   | ann | no",
                "local replication all trust             | local      | replication | ann | no",
                "local \"replication\" all trust         | local      | replication | ann | yes",
                "local all +staff trust                  | local      | db   | ann | yes",
                "local all +staff trust                  | local      | db   | bob | no",
                "local all \"+staff\" trust              | local      | db   | ann | no",
                "local all \"all\" trust                 | local      | db   | ann | no",
                "local all Ann trust                     | local      | db   | ann | no",
                "local all /^a.n$ trust                  | local      | db   | ann | yes",
                "local all /^n trust                     | local      | db   | ann | no",
                "local /^d\\d all trust                  | local      | d1   | ann | yes",
            })
    void oneRuleFitsOrNot(String rule, String from, String database, String user, String fits) throws IOException {
        assertThat(rules(rule).ruleFor(knock(from, database, user)).isPresent()).isEqualTo("yes".equals(fits));
    }

    @Test
    void theFirstRuleThatFitsDecides() throws IOException {
        HbaRules rules = rules("local db ann reject", "local all all trust");
        assertThat(rules.ruleFor(knock("local", "db", "ann")).orElseThrow().method())
                .isEqualTo(AuthMethod.REJECT);
        assertThat(rules.ruleFor(knock("local", "db", "bob")).orElseThrow().method())
                .isEqualTo(AuthMethod.TRUST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "m ann ann_db              | m | ann          | ann_db | yes",
                "m ann ann_db              | m | ann          | ann    | no",
                "m ann ann_db              | n | ann          | ann_db | no",
                "m /^(.*)@corp$ \\1        | m | bob@corp     | bob    | yes",
                "m /^(.*)@corp$ \\1        | m | bob@elsewhere| bob    | no",
                "m /^root$ all             | m | root         | x      | yes",
                "m /^root$ \"all\"         | m | root         | x      | no",
                "m ann ann_db              |   | ann          | ann    | yes",
                "m ann ann_db              |   | ann          | ann_db | no",
            })
    void aMapSaysWhoMayBeWhom(String line, String map, String system, String database, String allowed)
            throws IOException {
        Path file = Files.write(directory.resolve("pg_ident.conf"), List.of(line));
        IdentMap read = IdentMap.read(file);
        assertThat(read.problems()).isEmpty();
        assertThat(read.allows(map == null ? "" : map, system, database)).isEqualTo("yes".equals(allowed));
    }

    @Test
    void aMapWithMistakesSaysWhere() throws IOException {
        Path file = Files.write(directory.resolve("pg_ident.conf"), List.of("m ann", "m /( x", "m a b"));
        IdentMap read = IdentMap.read(file);
        assertThat(read.problems())
                .extracting(problem -> problem.context() + ": " + problem.message())
                .containsExactly(
                        "line 1 of configuration file \"" + file + "\": missing entry at end of line",
                        "line 2 of configuration file \"" + file
                                + "\": invalid regular expression \"(\": Unclosed group");
        assertThat(read.allows("m", "a", "b")).isTrue();
    }

    private HbaRules rules(String... lines) throws IOException {
        HbaFile file = HbaFile.read(Files.write(directory.resolve("pg_hba.conf"), List.of(lines)));
        assertThat(file.problems()).isEmpty();
        return file.rules();
    }

    /** Ann is in the staff. */
    private static Knock knock(String from, String database, String user) {
        boolean local = "local".equals(from);
        Transport transport = local ? Transport.UNIX_SOCKET : from.startsWith("tls ") ? Transport.TLS : Transport.TCP;
        InetAddress address = local ? null : InetAddress.ofLiteral(from.replace("tls ", ""));
        Set<String> roles = "ann".equals(user) ? Set.of("ann", "staff") : Set.of(user);
        return new Knock(transport, address, database, user, roles::contains);
    }
}
