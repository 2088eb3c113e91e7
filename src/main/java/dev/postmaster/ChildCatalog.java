package dev.postmaster;

import dev.postmaster.child.ChildMain;
import dev.postmaster.child.backend.BackendMain;
import dev.postmaster.child.checkpointer.CheckpointerMain;
import dev.postmaster.child.startup.StartupMain;
import dev.postmaster.core.ChildKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which program each kind of child runs (child_process_kinds of launch_backend.c). */
final class ChildCatalog {
    private ChildCatalog() {}

    /** The main of a kind; empty for a kind that does not exist yet, which is never launched. */
    static Optional<ChildMain> mainOf(ChildKind kind) {
        return switch (kind) {
            case BACKEND -> Optional.of(new BackendMain());
            case STARTUP -> Optional.of(new StartupMain());
            case CHECKPOINTER -> Optional.of(new CheckpointerMain());
            case AV_LAUNCHER, AV_WORKER, BGWORKER, SYSLOGGER, BGWRITER, ARCHIVER, WAL_WRITER, WAL_RECEIVER ->
                Optional.empty();
        };
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
