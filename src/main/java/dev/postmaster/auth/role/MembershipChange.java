package dev.postmaster.auth.role;

import static dev.postmaster.auth.role.RoleErrors.denied;
import static dev.postmaster.auth.role.RoleErrors.error;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/** GRANT and REVOKE of memberships (user.c, AddRoleMems and DelRoleMems). */
final class MembershipChange {
    private final RoleChange change;

    MembershipChange(RoleChange change) {
        this.change = change;
    }

    void run(RoleCommand.Member command) {
        for (String name : command.groups()) {
            for (RoleSpec spec : command.members()) {
                Role group = change.book().require(name);
                Role member = change.role(spec);
                if (command.revoke()) {
                    requireRight(group);
                    take(group, member, command.admin());
                } else {
                    add(group, member, command.admin());
                }
            }
        }
    }

    private void requireRight(Role group) {
        if (group.superuser()) {
            change.requireSuperuser("alter superusers");
        } else if (!change.may(RoleAttribute.CREATEROLE) && !isAdmin(group)) {
            throw denied("must have admin option on role \"" + group.name() + "\"");
        }
    }

    private boolean isAdmin(Role group) {
        RoleBook book = change.book();
        return book.roles().stream()
                .filter(role ->
                        role.membership(group.oid()).map(Membership::admin).orElse(false))
                .anyMatch(role -> book.mayBecome(change.actor().current(), role.oid()));
    }

    /** Makes one a member, or gives a member the right to let others in. */
    void add(Role group, Role asked, boolean admin) {
        requireRight(group);
        Role member = change.book().require(asked.name());
        if (change.book().isMember(group.name(), member.name())) {
            throw error(
                    SqlState.INVALID_GRANT_OPERATION,
                    "role \"" + group.name() + "\" is a member of role \"" + member.name() + "\"");
        }
        Membership before = member.membership(group.oid()).orElse(null);
        if (before != null && (before.admin() || !admin)) {
            change.tell("role \"" + member.name() + "\" is already a member of role \"" + group.name() + "\"");
            return;
        }
        change.put(
                member.with(new Membership(group.oid(), change.actor().current().oid(), admin)));
    }

    private void take(Role group, Role member, boolean onlyAdmin) {
        Membership before = member.membership(group.oid()).orElse(null);
        if (before == null) {
            change.warn(Report.of(
                    Severity.WARNING,
                    SqlState.WARNING,
                    "role \"" + member.name() + "\" is not a member of role \"" + group.name() + "\""));
        } else if (onlyAdmin) {
            change.put(member.with(new Membership(group.oid(), before.grantor(), false)));
        } else {
            change.put(member.withoutMembership(group.oid()));
        }
    }
}
