package dev.postmaster.child.bgworker;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.cluster.RolesView;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.SessionFacts;
import java.util.Map;

/** What SQL may ask about a worker. */
record WorkerFacts(String user, int backendPid, RolesView view, Attention attention) implements SessionFacts {

    @Override
    public RoleBook roles() {
        return view.current();
    }

    /** Those of the server that are not at their defaults. */
    @Override
    public Map<String, String> settings() {
        return attention.settings().nonDefaults();
    }

    @Override
    public boolean rotateLog() {
        throw new ReportException(
                Report.of(Severity.ERROR, SqlState.FEATURE_NOT_SUPPORTED, "a background worker cannot rotate the log"));
    }

    @Override
    public void set(String name, String value, boolean local) {
        throw new ReportException(Report.of(
                Severity.ERROR, SqlState.FEATURE_NOT_SUPPORTED, "a background worker has no settings of its own"));
    }
}
