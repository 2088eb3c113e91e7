package dev.postmaster.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.auth.role.DatabaseOptions;
import dev.postmaster.auth.role.Privilege;
import dev.postmaster.auth.role.RoleAttribute;
import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.auth.role.RoleOptions;
import dev.postmaster.auth.role.RoleSpec;
import dev.postmaster.report.ReportException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The grammar of roles and rights; its errors are those of PostgreSQL 15. */
class RoleWordsTest {
    private static final RoleOptions NOTHING =
            new RoleOptions(Map.of(), null, null, null, List.of(), List.of(), List.of());
    private static final RoleSpec A = new RoleSpec.Named("a");
    private static final RoleSpec B = new RoleSpec.Named("b");
    private static final RoleSpec ALL = new RoleSpec.Everybody();

    static Stream<Arguments> statements() {
        return Stream.of(
                says("create role a", new RoleCommand.Create("a", NOTHING)),
                says(
                        "CREATE USER \"A b\" WITH NOINHERIT CREATEDB",
                        new RoleCommand.Create(
                                "A b",
                                attributes(Map.of(
                                        RoleAttribute.LOGIN,
                                        true,
                                        RoleAttribute.INHERIT,
                                        false,
                                        RoleAttribute.CREATEDB,
                                        true)))),
                says(
                        "create user a nologin",
                        new RoleCommand.Create("a", attributes(Map.of(RoleAttribute.LOGIN, false)))),
                says(
                        "create role a connection limit -1 encrypted password 'x' valid until '2027-01-01 01:00+01'"
                                + " in role b, c role b admin a",
                        new RoleCommand.Create(
                                "a",
                                new RoleOptions(
                                        Map.of(),
                                        -1,
                                        "x",
                                        Instant.parse("2027-01-01T00:00:00Z"),
                                        List.of(B, new RoleSpec.Named("c")),
                                        List.of(B),
                                        List.of(A)))),
                says(
                        "alter user current_user password null valid until 'infinity'",
                        new RoleCommand.Alter(
                                new RoleSpec.Current(),
                                new RoleOptions(Map.of(), null, "", Instant.MAX, List.of(), List.of(), List.of()))),
                says("alter role \"current_user\"", new RoleCommand.Alter(new RoleSpec.Named("current_user"), NOTHING)),
                says("alter role a rename to b", new RoleCommand.Rename("a", "b")),
                says("alter role a set search_path = x, 'y z'", new RoleCommand.Configure(A, "search_path", "x, y z")),
                says("alter role a set work_mem to default", new RoleCommand.Configure(A, "work_mem", null)),
                says("alter role a set time zone 'UTC'", new RoleCommand.Configure(A, "timezone", "UTC")),
                says("alter role a reset all", new RoleCommand.Configure(A, null, null)),
                says("alter role a reset Work_Mem", new RoleCommand.Configure(A, "work_mem", null)),
                says("alter group a add user b", new RoleCommand.Member(List.of("a"), List.of(B), false, false)),
                says(
                        "drop role if exists a, session_user",
                        new RoleCommand.Drop(List.of(A, new RoleSpec.Session()), true)),
                says(
                        "grant a, b to b, a with admin option",
                        new RoleCommand.Member(List.of("a", "b"), List.of(B, A), false, true)),
                says(
                        "revoke admin option for a from b cascade",
                        new RoleCommand.Member(List.of("a"), List.of(B), true, true)),
                says(
                        "grant connect, temp on database d, e to public",
                        new RoleCommand.Grant(
                                List.of("d", "e"),
                                EnumSet.of(Privilege.CONNECT, Privilege.TEMPORARY),
                                List.of(ALL),
                                false)),
                says(
                        "revoke all privileges on database d from a granted by b restrict",
                        new RoleCommand.Grant(List.of("d"), EnumSet.allOf(Privilege.class), List.of(A), true)),
                says(
                        "grant usage, create on schema public to a",
                        new RoleCommand.Grant(List.of(), Set.of(Privilege.CREATE), List.of(A), false)),
                says(
                        "alter database d with connection limit 5 allow_connections = false",
                        new RoleCommand.AlterDatabase("d", new DatabaseOptions(null, 5, false))),
                says(
                        "alter database d owner to a",
                        new RoleCommand.AlterDatabase("d", new DatabaseOptions(A, null, null))));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void aStatementIsUnderstood(String sql, RoleCommand command) {
        assertThat(Dialect.translate(sql).kind()).isEqualTo(new Kind.Roles(command));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "create role|42601|syntax error at end of input|12",
                "create role a login nologin|42601|conflicting or redundant options|21",
                "create role a with bogus|42601|unrecognized role option \"bogus\"|20",
                "create role a password 12|42601|syntax error at or near \"12\"|24",
                "create role a password $1|42P02|there is no parameter $1|24",
                "create role public|42939|role name \"public\" is reserved|13",
                "create role session_user|42939|SESSION_USER cannot be used as a role name here|13",
                "create role a unencrypted password 'x'|0A000|UNENCRYPTED PASSWORD is no longer supported|15",
                "alter role a in role b|42601|syntax error at or near \"role\"|17",
                "drop role a cascade|42601|syntax error at or near \"cascade\"|13",
                "grant a|42601|syntax error at end of input|8",
                "grant connect on database d|42601|syntax error at end of input|28",
                "grant bogus on database d to a|42601|unrecognized privilege type \"bogus\"|7",
                "grant connect on schema public to a|0LP01|invalid privilege type CONNECT for schema|7",
                "grant usage on database d to a|0LP01|invalid privilege type USAGE for database|7",
            })
    void whatDoesNotFitIsAnErrorAtItsPlace(String sql, String state, String message, int position) {
        assertThatThrownBy(() -> Dialect.translate(sql))
                .hasMessage(message)
                .isInstanceOfSatisfying(ReportException.class, e -> {
                    assertThat(e.report().sqlState().code()).isEqualTo(state);
                    assertThat(e.report().position()).isEqualTo(position);
                });
    }

    @Test
    void aPrivilegeOnATableSaysWhatThereIsInstead() {
        assertThatThrownBy(() -> Dialect.translate("grant select on table t to a"))
                .isInstanceOfSatisfying(ReportException.class, e -> {
                    assertThat(e.report().sqlState().code()).isEqualTo("0A000");
                    assertThat(e.report().hint()).contains("pg_write_all_data");
                });
    }

    @Test
    void aDatabaseIsCreatedForItsOwner() {
        assertThat(Dialect.translate(
                                "create database d owner = a template template0 encoding 'UTF8' connection limit 7")
                        .kind())
                .isEqualTo(new Kind.CreateDatabase("d", new DatabaseOptions(A, 7, null)));
    }

    private static Arguments says(String sql, RoleCommand command) {
        return Arguments.of(sql, command);
    }

    private static RoleOptions attributes(Map<RoleAttribute, Boolean> attributes) {
        return new RoleOptions(attributes, null, null, null, List.of(), List.of(), List.of());
    }
}
