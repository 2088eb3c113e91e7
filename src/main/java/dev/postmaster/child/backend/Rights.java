package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.auth.role.Access;
import dev.postmaster.auth.role.PredefinedRole;
import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Statement;
import dev.postmaster.store.Store;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.wire.StartupPacket.Startup;

/**
 * What the role of a session may do, asked again before each statement that changes something, so that what is revoked is
 * gone at once. Who may only read has a store that SQLite itself lets nobody write to, whatever the statement looks like.
 */
final class Rights {
    private final Surroundings around;
    private final Store store;
    private final int role;
    private final String user;
    private final String database;
    private boolean queryOnly;

    /** {@code role}: the OID of the one that the session began as. */
    Rights(Surroundings around, int role, Startup client, Store store) {
        this.around = around;
        this.store = store;
        this.role = role;
        this.user = client.user();
        this.database = client.database();
        follow(access());
    }

    String database() {
        return database;
    }

    /** The role, if there still is one; it may have another name by now. */
    Role role(RoleBook book) {
        return book.find(role)
                .orElseThrow(() -> error(SqlState.UNDEFINED_OBJECT, "role \"" + user + "\" does not exist"));
    }

    private Access access() {
        RoleBook book = around.roles();
        return Access.of(book, role(book), database);
    }

    private void follow(Access access) {
        boolean only = access == Access.READ;
        if (only != queryOnly) {
            store.setQueryOnly(only);
            queryOnly = only;
        }
    }

    /**
     * Looks whether the role may run this statement.
     *
     * @throws ReportException ERROR 42501 if not
     */
    void require(Statement statement) {
        Kind kind = statement.kind();
        if (!(kind instanceof Kind.Modify || kind instanceof Kind.Utility)) {
            return;
        }
        Access access = access();
        follow(access);
        Access needed = kind instanceof Kind.Modify ? Access.WRITE : Access.DEFINE;
        if (!access.covers(needed)) {
            String table = statement.target();
            throw denied(
                    needed == Access.DEFINE
                            ? "permission denied for schema public"
                            : table == null
                                    ? "permission denied for the tables of database " + database
                                    : "permission denied for table " + table);
        }
    }

    void requireCheckpoint() {
        RoleBook book = around.roles();
        if (!book.hasRightsOf(role(book), PredefinedRole.PG_CHECKPOINT.oid())) {
            throw denied("must be superuser or have privileges of pg_checkpoint to do CHECKPOINT");
        }
    }

    private static ReportException denied(String message) {
        return error(SqlState.INSUFFICIENT_PRIVILEGE, message);
    }
}
