package dev.postmaster.auth.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.auth.role.EntryRules.Sessions;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EntryRulesTest {
    private static final Sessions ALONE = new Sessions(1, 1, 90);

    private static final Role BOB =
            Role.of(16384, "bob", Set.of(RoleAttribute.LOGIN)).withConnectionLimit(2);
    private static final RoleBook BOOK =
            RoleBook.initial("ann", Optional.empty()).with(BOB).with(Role.of(16385, "group", Set.of()));

    @Test
    void onlyARoleThatMayLogInGetsASession() {
        assertThat(EntryRules.role(BOOK, "bob")).isEqualTo(BOB);
        refused(() -> EntryRules.role(BOOK, "eve"), "28000", "role \"eve\" does not exist");
        refused(() -> EntryRules.role(BOOK, "group"), "28000", "role \"group\" is not permitted to log in");
    }

    @Test
    void aLimitCountsTheNewSession() {
        EntryRules.requireRoom(BOB, new Sessions(2, 1, 90), 3);
        refused(
                () -> EntryRules.requireRoom(BOB, new Sessions(3, 1, 90), 3),
                "53300",
                "too many connections for role \"bob\"");
    }

    @Test
    void theLastPlacesAreForSuperusers() {
        EntryRules.requireRoom(BOB, new Sessions(1, 1, 3), 3);
        refused(
                () -> EntryRules.requireRoom(BOB, new Sessions(1, 1, 2), 3),
                "53300",
                "remaining connection slots are reserved for non-replication superuser connections");
        assertThatCode(() -> EntryRules.requireRoom(BOOK.require("ann"), new Sessions(1, 1, 0), 3))
                .doesNotThrowAnyException();
    }

    @Test
    void aDatabaseTakesWhoMayConnectAndAsManyAsItWants() {
        EntryRules.requireDatabase(BOOK, BOB, "shop", ALONE);
        RoleBook closed = BOOK.with(BOOK.database("shop").revoke(DatabaseRights.PUBLIC, Set.of(Privilege.CONNECT)));
        refused(
                () -> EntryRules.requireDatabase(closed, BOB, "shop", ALONE),
                "42501",
                "permission denied for database \"shop\"");
        EntryRules.requireDatabase(closed, closed.require("ann"), "shop", ALONE);
        RoleBook invited = closed.with(closed.database("shop").grant(BOB.oid(), Set.of(Privilege.CONNECT)));
        EntryRules.requireDatabase(invited, BOB, "shop", ALONE);

        RoleBook small = BOOK.with(BOOK.database("shop").withConnectionLimit(1));
        EntryRules.requireDatabase(small, BOB, "shop", ALONE);
        refused(
                () -> EntryRules.requireDatabase(small, BOB, "shop", new Sessions(1, 2, 90)),
                "53300",
                "too many connections for database \"shop\"");
        RoleBook shut = BOOK.with(BOOK.database("shop").withAllowConnections(false));
        refused(
                () -> EntryRules.requireDatabase(shut, shut.require("ann"), "shop", ALONE),
                "55000",
                "database \"shop\" is not currently accepting connections");
    }

    private static void refused(ThrowingCallable entry, String state, String message) {
        assertThatThrownBy(entry).hasMessage(message).isInstanceOfSatisfying(ReportException.class, e -> {
            assertThat(e.report().severity()).isEqualTo(Severity.FATAL);
            assertThat(e.report().sqlState().code()).isEqualTo(state);
        });
    }
}
