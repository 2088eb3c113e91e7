package dev.postmaster.child.bgworker;

import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.child.ChildContext;
import dev.postmaster.cluster.RolesView;
import dev.postmaster.config.Guc;
import dev.postmaster.config.SynchronousCommit;
import dev.postmaster.launch.WorkerStartup;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.ActivityState;
import dev.postmaster.shmem.SessionArea;
import dev.postmaster.shmem.SessionIdentity;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import java.time.Instant;

/** How a worker comes to a database: without password or pg_hba.conf, but only if its registration says so (BW-17). */
final class DatabaseAccess {
    private DatabaseAccess() {}

    /** Throws FATAL 54000 for a worker that was not registered with database access. */
    static void require(WorkerStartup worker) {
        if (!worker.databaseAccess()) {
            throw new ReportException(Report.of(
                            Severity.FATAL,
                            SqlState.PROGRAM_LIMIT_EXCEEDED,
                            "database connection requirement not indicated during registration")
                    .withHint("Set worker." + worker.name()
                            + ".database_access = on, or register it with database access."));
        }
    }

    static WorkerDatabase open(ChildContext context, WorkerStartup worker, String database, Attention attention) {
        int pid = context.shared().slot().pid();
        RolesView roles = new RolesView(context.layout());
        String user = superuser(roles.current());
        Store store = Store.open(new StoreOptions(
                context.layout().base(),
                database,
                StoreOptions.DEFAULT_LOCK_TIMEOUT_MILLIS,
                attention.settings().get(Guc.SYNCHRONOUS_COMMIT) != SynchronousCommit.OFF,
                new WorkerFacts(user, pid, roles, attention)));
        SessionArea session = context.shared().slot().session();
        session.begin(new SessionIdentity(user, database, worker.name(), ""), Instant.now());
        session.enter(ActivityState.IDLE, Instant.now());
        return new WorkerDatabase(store, session);
    }

    /** PostgreSQL lets a worker without a user name in as the bootstrap superuser. */
    private static String superuser(RoleBook roles) {
        return roles.find(Role.BOOTSTRAP).map(Role::name).orElse("");
    }
}
