package dev.postmaster.auth.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleBookTest {
    private static final RoleBook NEW = RoleBook.initial("ann", Optional.empty());

    @Test
    void aNewClusterHasOneWhoMayDoEverything() {
        Role ann = NEW.require("ann");
        assertThat(ann.oid()).isEqualTo(10);
        assertThat(ann.attributes()).containsExactly(RoleAttribute.values());
        assertThat(NEW.roles()).filteredOn(Role::login).containsExactly(ann);
    }

    @Test
    void anUnknownRoleIsNamedInTheError() {
        assertThatThrownBy(() -> NEW.require("bob"))
                .hasMessage("role \"bob\" does not exist")
                .isInstanceOfSatisfying(
                        ReportException.class,
                        e -> assertThat(e.report().sqlState()).isEqualTo(SqlState.UNDEFINED_OBJECT));
    }

    @Test
    void membershipGoesThroughOthersButNotThroughBeingASuperuser() {
        RoleBook book = family();
        assertThat(book.isMember("child", "child")).isTrue();
        assertThat(book.isMember("child", "parent")).isTrue();
        assertThat(book.isMember("child", "grandparent")).isTrue();
        assertThat(book.isMember("grandparent", "child")).isFalse();
        assertThat(book.isMember("ann", "parent")).isFalse();
        assertThat(book.isMember("nobody", "parent")).isFalse();
        assertThat(book.isMember("child", "nobody")).isFalse();
    }

    @Test
    void whoDoesNotInheritMustBecomeTheOtherFirst() {
        RoleBook book = family();
        Role parent = book.require("parent");
        Role child = book.require("child");
        assertThat(book.hasRightsOf(child, parent.oid())).isTrue();
        RoleBook without = book.with(child.with(RoleAttribute.INHERIT, false));
        assertThat(without.hasRightsOf(without.require("child"), parent.oid())).isFalse();
        assertThat(without.mayBecome(without.require("child"), parent.oid())).isTrue();
        assertThat(book.hasRightsOf(book.require("ann"), parent.oid())).isTrue();
    }

    @Test
    void aRoleThatGoesTakesItsMembersAlongAndItsOidIsNotUsedAgain() {
        RoleBook book = family();
        int parent = book.require("parent").oid();
        int next = book.nextOid();
        RoleBook left = book.without(parent).without(next - 1);
        assertThat(left.find("parent")).isEmpty();
        assertThat(left.find(parent)).isEmpty();
        assertThat(left.nextOid()).isEqualTo(next);
        assertThat(left.roles()).allMatch(role -> role.membership(parent).isEmpty());
    }

    @Test
    void everybodyMayConnectToADatabaseNobodyHasSaidAnythingAbout() {
        DatabaseRights rights = NEW.database("shop");
        assertThat(rights.owner()).isEqualTo(Role.BOOTSTRAP);
        assertThat(rights.granted(DatabaseRights.PUBLIC))
                .containsExactlyInAnyOrder(Privilege.CONNECT, Privilege.TEMPORARY);
        assertThat(rights.allowConnections()).isTrue();
        assertThat(rights.connectionLimit()).isEqualTo(Role.UNLIMITED);
    }

    @Test
    void aNewOwnerHasWhatTheOldOneHad() {
        DatabaseRights rights = NEW.database("shop").withOwner(77);
        assertThat(rights.granted(77)).containsExactlyInAnyOrder(Privilege.values());
        assertThat(rights.granted(Role.BOOTSTRAP)).isEmpty();
    }

    @Test
    void whatIsRevokedIsGone() {
        DatabaseRights rights = NEW.database("shop")
                .grant(5, Set.of(Privilege.CONNECT, Privilege.CREATE))
                .revoke(5, Set.of(Privilege.CREATE))
                .revoke(DatabaseRights.PUBLIC, Set.of(Privilege.values()));
        assertThat(rights.granted(5)).containsExactly(Privilege.CONNECT);
        assertThat(rights.granted(DatabaseRights.PUBLIC)).isEmpty();
    }

    /** A verifier is as good as a password to who copies the cluster: nothing prints it by accident. */
    @Test
    void aRoleDoesNotTellItsVerifier() {
        assertThat(NEW.require("ann")
                        .withVerifier(Optional.of("SCRAM-SHA-256$4096:secret"))
                        .toString())
                .doesNotContain("secret");
    }

    private static RoleBook family() {
        RoleBook book = NEW;
        for (String name : new String[] {"grandparent", "parent", "child"}) {
            Role role = Role.of(book.nextOid(), name, Set.of(RoleAttribute.INHERIT));
            int above = book.nextOid() - 1;
            book = book.with(
                    book.find(above).isPresent() ? role.with(new Membership(above, Role.BOOTSTRAP, false)) : role);
        }
        return book;
    }
}
