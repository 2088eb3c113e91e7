package dev.postmaster;

import dev.postmaster.child.ChildMain;
import dev.postmaster.child.backend.BackendMain;
import dev.postmaster.child.bgworker.BgWorkerMain;
import dev.postmaster.child.checkpointer.CheckpointerMain;
import dev.postmaster.child.startup.StartupMain;
import dev.postmaster.child.syslogger.SysLoggerMain;
import dev.postmaster.core.ChildKind;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which program each kind of child runs (child_process_kinds of launch_backend.c). */
final class ChildCatalog {
    private ChildCatalog() {}

    /** The main of a kind; empty for a kind that does not exist yet, which is never launched. */
    private static Optional<ChildMain> mainOf(ChildKind kind) {
        return switch (kind) {
            case BACKEND -> Optional.of(new BackendMain());
            case STARTUP -> Optional.of(new StartupMain());
            case CHECKPOINTER -> Optional.of(new CheckpointerMain());
            case BGWORKER -> Optional.of(new BgWorkerMain());
            case SYSLOGGER -> Optional.of(new SysLoggerMain());
            case AV_LAUNCHER, AV_WORKER, BGWRITER, ARCHIVER, WAL_WRITER, WAL_RECEIVER -> Optional.empty();
        };
    }

    /**
     * The main of a kind that somebody launched.
     *
     * @throws ReportException FATAL if the kind does not exist yet
     */
    static ChildMain required(ChildKind kind) {
        return mainOf(kind)
                .orElseThrow(() -> new ReportException(Report.of(
                        Severity.FATAL,
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "child kind " + kind.childName() + " does not exist yet")));
    }

    /** The kinds that have a main. */
    static Set<ChildKind> existing() {
        var existing = EnumSet.noneOf(ChildKind.class);
        for (ChildKind kind : ChildKind.values()) {
            if (mainOf(kind).isPresent()) {
                existing.add(kind);
            }
        }
        return existing;
    }
}
