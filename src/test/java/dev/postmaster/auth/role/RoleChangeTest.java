package dev.postmaster.auth.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may change what, with the words of PostgreSQL 15. */
class RoleChangeTest {
    private static final RoleOptions NOTHING = options(Map.of(), null);

    /** ann: superuser; chief: createrole; plain: nothing; boss: superuser; team: a group without login, of plain. */
    private static RoleBook book() {
        RoleBook book = RoleBook.initial("ann", Optional.empty());
        book = book.with(Role.of(16384, "chief", Set.of(RoleAttribute.CREATEROLE, RoleAttribute.LOGIN)));
        book = book.with(Role.of(16385, "boss", Set.of(RoleAttribute.SUPERUSER)));
        book = book.with(Role.of(16386, "team", Set.of(RoleAttribute.INHERIT)));
        return book.with(Role.of(16387, "plain", Set.of(RoleAttribute.LOGIN, RoleAttribute.INHERIT))
                .with(new Membership(16386, Role.BOOTSTRAP, false)));
    }

    static Stream<Arguments> refusals() {
        RoleSpec plain = named("plain");
        return Stream.of(
                refusal("plain", new RoleCommand.Create("x", NOTHING), "42501", "permission denied to create role"),
                refusal(
                        "chief",
                        new RoleCommand.Create("x", options(Map.of(RoleAttribute.SUPERUSER, true), null)),
                        "42501",
                        "must be superuser to create superusers"),
                refusal(
                        "chief",
                        new RoleCommand.Create("x", options(Map.of(RoleAttribute.REPLICATION, true), null)),
                        "42501",
                        "must be superuser to create replication users"),
                refusal("ann", new RoleCommand.Create("plain", NOTHING), "42710", "role \"plain\" already exists"),
                refusal("ann", new RoleCommand.Create("pg_x", NOTHING), "42939", "role name \"pg_x\" is reserved"),
                refusal("ann", new RoleCommand.Create("none", NOTHING), "42939", "role name \"none\" is reserved"),
                refusal(
                        "chief",
                        new RoleCommand.Create("x", inGroup("boss")),
                        "42501",
                        "must be superuser to alter superusers"),
                refusal(
                        "ann",
                        new RoleCommand.Create("x", inGroup("nobody")),
                        "42704",
                        "role \"nobody\" does not exist"),
                refusal(
                        "ann",
                        new RoleCommand.Alter(named("nobody"), NOTHING),
                        "42704",
                        "role \"nobody\" does not exist"),
                refusal("plain", new RoleCommand.Alter(named("chief"), password("x")), "42501", "permission denied"),
                refusal(
                        "chief",
                        new RoleCommand.Alter(named("boss"), password("x")),
                        "42501",
                        "must be superuser to alter superuser roles or change superuser attribute"),
                refusal(
                        "chief",
                        new RoleCommand.Alter(plain, options(Map.of(RoleAttribute.SUPERUSER, true), null)),
                        "42501",
                        "must be superuser to alter superuser roles or change superuser attribute"),
                refusal(
                        "plain",
                        new RoleCommand.Alter(plain, options(Map.of(RoleAttribute.CREATEDB, true), "x")),
                        "42501",
                        "permission denied"),
                refusal(
                        "ann",
                        new RoleCommand.Alter(named("ann"), options(Map.of(RoleAttribute.SUPERUSER, false), null)),
                        "0A000",
                        "the bootstrap user must be a superuser"),
                refusal("ann", new RoleCommand.Rename("ann", "x"), "0A000", "session user cannot be renamed"),
                refusal(
                        "chief",
                        new RoleCommand.Rename("boss", "x"),
                        "42501",
                        "must be superuser to rename superusers"),
                refusal("plain", new RoleCommand.Rename("team", "x"), "42501", "permission denied to rename role"),
                refusal("plain", drop("team"), "42501", "permission denied to drop role"),
                refusal("chief", drop("boss"), "42501", "must be superuser to drop superusers"),
                refusal("ann", drop("ann"), "55006", "current user cannot be dropped"),
                refusal("ann", drop("nobody"), "42704", "role \"nobody\" does not exist"),
                refusal(
                        "boss",
                        drop("ann"),
                        "2BP01",
                        "cannot drop role ann because it is required by the database system"),
                refusal(
                        "plain",
                        new RoleCommand.Member(List.of("team"), List.of(named("chief")), false, false),
                        "42501",
                        "must have admin option on role \"team\""),
                refusal(
                        "ann",
                        new RoleCommand.Member(List.of("plain"), List.of(named("team")), false, false),
                        "0LP01",
                        "role \"plain\" is a member of role \"team\""),
                refusal(
                        "plain",
                        new RoleCommand.Grant(List.of("shop"), Set.of(Privilege.CONNECT), List.of(plain), false),
                        "42501",
                        "permission denied for database shop"),
                refusal(
                        "plain",
                        new RoleCommand.AlterDatabase("shop", new DatabaseOptions(null, 1, null)),
                        "42501",
                        "must be owner of database shop"),
                refusal(
                        "plain",
                        new RoleCommand.Configure(named("chief"), "work_mem", "1"),
                        "42501",
                        "permission denied"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whoMayNotIsToldInPostgresWords(String actor, RoleCommand command, String state, String message) {
        assertThatThrownBy(() -> run(book(), actor, command))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().sqlState().code()).isEqualTo(state));
    }

    @Test
    void aCreatedRoleHasWhatWasAskedFor() {
        RoleOptions asked = new RoleOptions(
                Map.of(RoleAttribute.LOGIN, true, RoleAttribute.INHERIT, false),
                5,
                "verifier",
                Instant.parse("2027-01-01T00:00:00Z"),
                List.of(named("team")),
                List.of(named("plain")),
                List.of());
        RoleBook book =
                run(book(), "chief", new RoleCommand.Create("neu", asked)).book();
        Role made = book.require("neu");
        assertThat(made.attributes()).containsExactly(RoleAttribute.LOGIN);
        assertThat(made.connectionLimit()).isEqualTo(5);
        assertThat(made.verifier()).contains("verifier");
        assertThat(made.expired(Instant.parse("2026-12-31T23:59:59Z"))).isFalse();
        assertThat(made.expired(Instant.parse("2027-01-01T00:00:00Z"))).isTrue();
        assertThat(book.isMember("neu", "team")).isTrue();
        assertThat(book.isMember("plain", "neu")).isTrue();
    }

    @Test
    void everybodyMayChangeTheOwnPassword() {
        RoleBook book = run(book(), "plain", new RoleCommand.Alter(new RoleSpec.Current(), password("new")))
                .book();
        assertThat(book.require("plain").verifier()).contains("new");
        RoleBook without = run(book, "plain", new RoleCommand.Alter(named("plain"), password("")))
                .book();
        assertThat(without.require("plain").verifier()).isEmpty();
    }

    @Test
    void whoIsAnAdminLetsOthersInAndOut() {
        RoleBook book = run(
                        book(), "ann", new RoleCommand.Member(List.of("team"), List.of(named("plain")), false, true))
                .book();
        RoleBook more = run(
                        book, "plain", new RoleCommand.Member(List.of("team"), List.of(named("chief")), false, false))
                .book();
        assertThat(more.isMember("chief", "team")).isTrue();
        RoleBook less = run(
                        more, "plain", new RoleCommand.Member(List.of("team"), List.of(named("chief")), true, false))
                .book();
        assertThat(less.isMember("chief", "team")).isFalse();
    }

    @Test
    void whatIsDoneAlreadyIsANoticeAndWhatIsNotThereAWarning() {
        RoleCommand again = new RoleCommand.Member(List.of("team"), List.of(named("plain")), false, false);
        assertThat(run(book(), "ann", again).notices())
                .extracting(Report::message)
                .containsExactly("role \"plain\" is already a member of role \"team\"");
        RoleCommand take = new RoleCommand.Member(List.of("team"), List.of(named("chief")), true, false);
        assertThat(run(book(), "ann", take).notices())
                .extracting(Report::message)
                .containsExactly("role \"chief\" is not a member of role \"team\"");
        assertThat(run(book(), "ann", new RoleCommand.Drop(List.of(named("nobody")), true))
                        .notices())
                .extracting(Report::message)
                .containsExactly("role \"nobody\" does not exist, skipping");
    }

    @Test
    void aRoleThatOwnsADatabaseStays() {
        RoleBook book = run(
                        book(),
                        "ann",
                        new RoleCommand.AlterDatabase("shop", new DatabaseOptions(named("plain"), null, null)))
                .book();
        assertThatThrownBy(() -> run(book, "ann", drop("plain")))
                .hasMessage("role \"plain\" cannot be dropped because some objects depend on it")
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().detail()).isEqualTo("owner of database shop"));
        assertThat(run(book, "ann", drop("team")).book().find("team")).isEmpty();
    }

    @Test
    void accessComesFromOwnershipGrantsAndMembership() {
        RoleBook book = book();
        assertThat(access(book, "plain")).isEqualTo(Access.READ);
        assertThat(access(book, "ann")).isEqualTo(Access.DEFINE);
        RoleCommand write = new RoleCommand.Member(List.of("pg_write_all_data"), List.of(named("team")), false, false);
        RoleBook writing = run(book, "ann", write).book();
        assertThat(access(writing, "plain")).isEqualTo(Access.WRITE);
        RoleCommand define = new RoleCommand.Grant(List.of(), Set.of(Privilege.CREATE), List.of(named("team")), false);
        RoleBook defining = run(writing, "ann", define).book();
        assertThat(access(defining, "plain")).isEqualTo(Access.DEFINE);
        assertThat(access(defining, "chief")).isEqualTo(Access.READ);
    }

    private static Access access(RoleBook book, String role) {
        return Access.of(book, book.require(role), "shop");
    }

    private static RoleChange.Outcome run(RoleBook book, String actor, RoleCommand command) {
        Role role = book.require(actor);
        return RoleChange.apply(book, new Actor(role, role, "shop"), command);
    }

    private static Arguments refusal(String actor, RoleCommand command, String state, String message) {
        return Arguments.of(actor, command, state, message);
    }

    private static RoleSpec named(String name) {
        return new RoleSpec.Named(name);
    }

    private static RoleCommand drop(String name) {
        return new RoleCommand.Drop(List.of(named(name)), false);
    }

    private static RoleOptions password(String verifier) {
        return options(Map.of(), verifier);
    }

    private static RoleOptions inGroup(String group) {
        return new RoleOptions(Map.of(), null, null, null, List.of(named(group)), List.of(), List.of());
    }

    private static RoleOptions options(Map<RoleAttribute, Boolean> attributes, @Nullable String password) {
        return new RoleOptions(attributes, null, password, null, List.of(), List.of(), List.of());
    }
}
