package dev.postmaster.auth.role;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;

/**
 * Who may have a session, once it is known who it is (miscinit.c, InitializeSessionUserId; postinit.c, InitPostgres and
 * CheckMyDatabase). Each refusal is FATAL, in PostgreSQL's words.
 */
public final class EntryRules {
    private EntryRules() {}

    /**
     * The sessions there are, the new one among them.
     *
     * @param free how many more there may be
     */
    public record Sessions(int ofRole, int ofDatabase, int free) {}

    /** The role a session begins as: it must be there, and be allowed to log in. */
    public static Role role(RoleBook book, String name) {
        Role role = book.find(name)
                .orElseThrow(() ->
                        refused(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "role \"" + name + "\" does not exist"));
        if (!role.login()) {
            throw refused(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "role \"" + name + "\" is not permitted to log in");
        }
        return role;
    }

    /**
     * Whether there is room for another session of the role.
     *
     * @param reserved how many of the free places are for superusers only
     */
    public static void requireRoom(Role role, Sessions sessions, int reserved) {
        if (role.superuser()) {
            return;
        }
        if (isOver(role.connectionLimit(), sessions.ofRole())) {
            throw refused(SqlState.TOO_MANY_CONNECTIONS, "too many connections for role \"" + role.name() + "\"");
        }
        if (sessions.free() < reserved) {
            throw refused(
                    SqlState.TOO_MANY_CONNECTIONS,
                    "remaining connection slots are reserved for non-replication superuser connections");
        }
    }

    /** Whether the role may use a database, which is there. */
    public static void requireDatabase(RoleBook book, Role role, String database, Sessions sessions) {
        DatabaseRights rights = book.database(database);
        if (!rights.allowConnections()) {
            throw refused(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "database \"" + database + "\" is not currently accepting connections");
        }
        if (role.superuser()) {
            return;
        }
        if (!book.has(role, rights, Privilege.CONNECT)) {
            Report report = refused(
                            SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for database \"" + database + "\"")
                    .report();
            throw new ReportException(report.withDetail("User does not have CONNECT privilege."));
        }
        if (isOver(rights.connectionLimit(), sessions.ofDatabase())) {
            throw refused(SqlState.TOO_MANY_CONNECTIONS, "too many connections for database \"" + database + "\"");
        }
    }

    private static boolean isOver(int limit, int sessions) {
        return limit >= 0 && sessions > limit;
    }

    private static ReportException refused(SqlState state, String message) {
        return new ReportException(Report.of(Severity.FATAL, state, message));
    }
}
