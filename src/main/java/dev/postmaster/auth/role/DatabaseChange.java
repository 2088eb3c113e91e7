package dev.postmaster.auth.role;

import static dev.postmaster.auth.role.RoleErrors.denied;
import static dev.postmaster.auth.role.RoleErrors.error;

import dev.postmaster.report.SqlState;
import java.util.List;

/** GRANT and REVOKE on databases, and ALTER DATABASE (aclchk.c, dbcommands.c). */
final class DatabaseChange {
    private final RoleChange change;

    DatabaseChange(RoleChange change) {
        this.change = change;
    }

    void grant(RoleCommand.Grant command) {
        boolean schema = command.databases().isEmpty();
        List<String> databases = schema ? List.of(change.actor().database()) : command.databases();
        for (String database : databases) {
            DatabaseRights rights = change.book().database(database);
            if (!isOwner(rights)) {
                throw denied("permission denied for " + (schema ? "schema public" : "database " + database));
            }
            for (RoleSpec grantee : command.grantees()) {
                rights = changed(rights, command, grantee);
            }
            change.put(rights);
        }
    }

    private DatabaseRights changed(DatabaseRights rights, RoleCommand.Grant command, RoleSpec spec) {
        int grantee = spec instanceof RoleSpec.Everybody
                ? DatabaseRights.PUBLIC
                : change.role(spec).oid();
        return command.revoke()
                ? rights.revoke(grantee, command.privileges())
                : rights.grant(grantee, command.privileges());
    }

    private boolean isOwner(DatabaseRights rights) {
        return change.book().hasRightsOf(change.actor().current(), rights.owner());
    }

    void alter(RoleCommand.AlterDatabase command) {
        DatabaseRights rights = change.book().database(command.database());
        if (!isOwner(rights)) {
            throw denied("must be owner of database " + command.database());
        }
        DatabaseOptions options = command.options();
        RoleSpec owner = options.owner();
        if (owner != null) {
            rights = rights.withOwner(newOwner(owner).oid());
        }
        change.put(with(rights, options));
    }

    /** Who gives a database away must be able to become the new owner, and must be allowed to create databases. */
    private Role newOwner(RoleSpec spec) {
        Role owner = change.role(spec);
        if (!change.book().mayBecome(change.actor().current(), owner.oid())) {
            throw denied("must be member of role \"" + owner.name() + "\"");
        }
        if (!change.may(RoleAttribute.CREATEDB)) {
            throw denied("permission denied to change owner of database");
        }
        return owner;
    }

    private static DatabaseRights with(DatabaseRights rights, DatabaseOptions options) {
        DatabaseRights changed = rights;
        Integer limit = options.connectionLimit();
        if (limit != null) {
            if (limit < Role.UNLIMITED) {
                throw error(SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + limit);
            }
            changed = changed.withConnectionLimit(limit);
        }
        Boolean allow = options.allowConnections();
        return allow == null ? changed : changed.withAllowConnections(allow);
    }
}
