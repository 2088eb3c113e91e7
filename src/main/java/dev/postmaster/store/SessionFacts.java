package dev.postmaster.store;

import dev.postmaster.auth.role.RoleBook;
import java.util.Map;

/** What SQL functions and catalog tables ask the session that runs them. Called only by the thread that runs SQL. */
public interface SessionFacts {

    /** The answer to {@code current_user} and {@code session_user}. */
    String user();

    /** The roles of the cluster, as they are now. */
    RoleBook roles();

    /** The answer to {@code pg_backend_pid()}. */
    int backendPid();

    /** Every setting by its lower-case name with its present value, for {@code current_setting} and {@code pg_settings}. */
    Map<String, String> settings();

    /**
     * Does what {@code SET} does, for {@code set_config}.
     *
     * @param local whether the value lasts to the end of the transaction only
     */
    void set(String name, String value, boolean local);

    /**
     * Asks for new log files, for {@code pg_rotate_logfile}; 42501 for a role that may not.
     *
     * @return false if there is no log collector; the client has been warned
     */
    boolean rotateLog();
}
