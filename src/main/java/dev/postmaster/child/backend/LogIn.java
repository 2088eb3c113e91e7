package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;

/** Whether somebody whose name is proved may have a session (InitializeSessionUserId, miscinit.c). */
final class LogIn {
    private LogIn() {}

    /** @throws ReportException FATAL 28000 if there is no such role, or it may not log in */
    static Role as(String user, RoleBook roles) {
        Role role = roles.find(user).orElseThrow(() -> refused("role \"" + user + "\" does not exist"));
        if (!role.login()) {
            throw refused("role \"" + user + "\" is not permitted to log in");
        }
        return role;
    }

    private static ReportException refused(String message) {
        return new ReportException(fatal(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, message));
    }
}
