package dev.postmaster.child.backend;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.SessionFacts;
import java.io.IOException;
import java.util.Map;

/** What SQL may ask about the session. */
record SessionFactsOf(String user, Surroundings around, SessionSettings changeable, Reporter reporter)
        implements SessionFacts {

    @Override
    public int backendPid() {
        return around.pid();
    }

    @Override
    public Map<String, String> settings() {
        return changeable.current().all();
    }

    @Override
    public void set(String name, String value, boolean local) {
        changeable.set(name, value, local);
    }

    @Override
    public RoleBook roles() {
        return around.roles();
    }

    /** pg_rotate_logfile_v2 (logfuncs.c). */
    @Override
    public boolean rotateLog() {
        if (!roles().require(user).superuser()) {
            throw Errors.error(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for function pg_rotate_logfile");
        }
        if (around.rotateLog()) {
            return true;
        }
        try {
            reporter.warning(SqlState.WARNING, "rotation not possible because log collection not active");
        } catch (IOException clientIsGone) {
            return false; // the answer will not reach it either, and then the session ends
        }
        return false;
    }
}
