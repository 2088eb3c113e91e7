package dev.postmaster.auth.role;

import static dev.postmaster.auth.role.RoleErrors.denied;
import static dev.postmaster.auth.role.RoleErrors.error;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP ROLE (user.c). */
final class RoleDefinition {
    private final RoleChange change;

    RoleDefinition(RoleChange change) {
        this.change = change;
    }

    void create(RoleCommand.Create command) {
        RoleOptions options = command.options();
        requireRightTo(options);
        requireUnreserved(command.name());
        requireFree(command.name());
        Role role = Role.of(change.book().nextOid(), command.name(), Set.of(RoleAttribute.INHERIT));
        change.put(changed(role, options));
        MembershipChange memberships = new MembershipChange(change);
        options.groups().forEach(group -> memberships.add(change.role(group), role, false));
        options.members().forEach(member -> memberships.add(role, change.role(member), false));
        options.admins().forEach(member -> memberships.add(role, change.role(member), true));
    }

    private void requireRightTo(RoleOptions options) {
        if (asks(options, RoleAttribute.SUPERUSER)) {
            change.requireSuperuser("create superusers");
        } else if (asks(options, RoleAttribute.REPLICATION)) {
            change.requireSuperuser("create replication users");
        } else if (asks(options, RoleAttribute.BYPASSRLS)) {
            change.requireSuperuser("create bypassrls users");
        } else if (!change.may(RoleAttribute.CREATEROLE)) {
            throw denied("permission denied to create role");
        }
    }

    private static boolean asks(RoleOptions options, RoleAttribute attribute) {
        return Boolean.TRUE.equals(options.attributes().get(attribute));
    }

    private void requireUnreserved(String name) {
        if (name.startsWith("pg_")) {
            throw new ReportException(
                    Report.of(Severity.ERROR, SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved")
                            .withDetail("Role names starting with \"pg_\" are reserved."));
        }
        if (name.equals("public") || name.equals("none")) {
            throw error(SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved");
        }
    }

    private void requireFree(String name) {
        if (change.book().find(name).isPresent()) {
            throw error(SqlState.DUPLICATE_OBJECT, "role \"" + name + "\" already exists");
        }
    }

    void alter(RoleCommand.Alter command) {
        Role role = change.role(command.role());
        RoleOptions options = command.options();
        requireRightToAlter(role, options);
        if (role.oid() == Role.BOOTSTRAP
                && Boolean.FALSE.equals(options.attributes().get(RoleAttribute.SUPERUSER))) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "the bootstrap user must be a superuser");
        }
        change.put(changed(role, options));
        MembershipChange memberships = new MembershipChange(change);
        options.members().forEach(member -> memberships.add(role, change.role(member), false));
    }

    private void requireRightToAlter(Role role, RoleOptions options) {
        Map<RoleAttribute, Boolean> attributes = options.attributes();
        if (role.superuser() || attributes.containsKey(RoleAttribute.SUPERUSER)) {
            change.requireSuperuser("alter superuser roles or change superuser attribute");
        } else if (role.is(RoleAttribute.REPLICATION) || attributes.containsKey(RoleAttribute.REPLICATION)) {
            change.requireSuperuser("alter replication roles or change replication attribute");
        } else if (attributes.containsKey(RoleAttribute.BYPASSRLS)) {
            change.requireSuperuser("change bypassrls attribute");
        } else if (!change.may(RoleAttribute.CREATEROLE) && !(isActor(role) && options.onlyPassword())) {
            throw denied("permission denied");
        }
    }

    private boolean isActor(Role role) {
        return role.oid() == change.actor().current().oid();
    }

    private Role changed(Role role, RoleOptions options) {
        Role changed = role;
        for (Map.Entry<RoleAttribute, Boolean> attribute : options.attributes().entrySet()) {
            changed = changed.with(attribute.getKey(), attribute.getValue());
        }
        Integer limit = options.connectionLimit();
        if (limit != null) {
            if (limit < Role.UNLIMITED) {
                throw error(SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + limit);
            }
            changed = changed.withConnectionLimit(limit);
        }
        Instant until = options.validUntil();
        if (until != null) {
            changed = changed.withValidUntil(until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until));
        }
        return withPassword(changed, options.password());
    }

    private static Role withPassword(Role role, @Nullable String verifier) {
        if (verifier == null) {
            return role;
        }
        return role.withVerifier(verifier.isEmpty() ? Optional.empty() : Optional.of(verifier));
    }

    void rename(RoleCommand.Rename command) {
        Role role = change.book().require(command.name());
        if (role.oid() == change.actor().session().oid()) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "session user cannot be renamed");
        }
        if (isActor(role)) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "current user cannot be renamed");
        }
        requireUnreserved(role.name());
        requireUnreserved(command.newName());
        requireFree(command.newName());
        if (role.superuser()) {
            change.requireSuperuser("rename superusers");
        } else if (!change.may(RoleAttribute.CREATEROLE)) {
            throw denied("permission denied to rename role");
        }
        change.put(role.withName(command.newName()));
    }

    void configure(RoleCommand.Configure command) {
        Role role = change.role(command.role());
        if (role.superuser()) {
            change.requireSuperuser("alter superusers");
        } else if (!change.may(RoleAttribute.CREATEROLE) && !isActor(role)) {
            throw denied("permission denied");
        }
        Map<String, String> settings = new TreeMap<>(role.settings());
        String setting = command.setting();
        String value = command.value();
        if (setting == null) {
            settings.clear();
        } else if (value == null) {
            settings.remove(setting);
        } else {
            settings.put(setting, value);
        }
        change.put(role.withSettings(settings));
    }

    void drop(RoleCommand.Drop command) {
        if (!change.may(RoleAttribute.CREATEROLE)) {
            throw denied("permission denied to drop role");
        }
        for (RoleSpec spec : command.roles()) {
            if (!(spec instanceof RoleSpec.Named(String name))) {
                throw error(SqlState.INVALID_PARAMETER_VALUE, "cannot use special role specifier in DROP ROLE");
            }
            if (command.ifExists() && change.book().find(name).isEmpty()) {
                change.tell("role \"" + name + "\" does not exist, skipping");
            } else {
                drop(change.book().require(name));
            }
        }
    }

    private void drop(Role role) {
        if (isActor(role)) {
            throw error(SqlState.OBJECT_IN_USE, "current user cannot be dropped");
        }
        if (role.oid() == change.actor().session().oid()) {
            throw error(SqlState.OBJECT_IN_USE, "session user cannot be dropped");
        }
        if (role.superuser()) {
            change.requireSuperuser("drop superusers");
        }
        if (role.oid() == Role.BOOTSTRAP || role.predefined()) {
            throw error(
                    SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "cannot drop role " + role.name() + " because it is required by the database system");
        }
        requireNothingDepends(role);
        change.remove(role);
    }

    private void requireNothingDepends(Role role) {
        List<String> needs = change.book().databases().stream()
                .filter(rights -> rights.owner() == role.oid()
                        || !rights.granted(role.oid()).isEmpty())
                .map(rights -> (rights.owner() == role.oid() ? "owner of database " : "privileges for database ")
                        + rights.name())
                .toList();
        if (!needs.isEmpty()) {
            throw new ReportException(Report.of(
                            Severity.ERROR,
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "role \"" + role.name() + "\" cannot be dropped because some objects depend on it")
                    .withDetail(String.join("\n", needs)));
        }
    }
}
