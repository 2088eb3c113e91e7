package dev.postmaster.core;

import static dev.postmaster.core.CrashScope.ISOLATED;
import static dev.postmaster.core.CrashScope.RESET;
import static dev.postmaster.core.StopWave.ARCHIVAL;
import static dev.postmaster.core.StopWave.BACKENDS;
import static dev.postmaster.core.StopWave.CHECKPOINT;
import static dev.postmaster.core.StopWave.NEVER;

import java.util.Optional;
import java.util.Set;

/**
 * The kinds of child, one row each, in PostgreSQL's order (CK-1). A new kind is a new row here, and the build breaks
 * until every place that must know about it does.
 */
public enum ChildKind {
    BACKEND("backend", "client backend", "server process", Set.of(0, 1), ISOLATED, BACKENDS),
    AV_LAUNCHER(
            "autovacuum launcher", "autovacuum launcher", "autovacuum launcher process", Set.of(0), RESET, BACKENDS),
    AV_WORKER("autovacuum worker", "autovacuum worker", "server process", Set.of(0, 1), ISOLATED, BACKENDS),
    BGWORKER("bgworker", "background worker", "background worker", Set.of(0, 1), RESET, BACKENDS),
    SYSLOGGER("syslogger", "logger", "system logger process", Set.of(0), ISOLATED, NEVER),
    STARTUP("startup", "startup", "startup process", Set.of(0), RESET, BACKENDS),
    BGWRITER("bgwriter", "background writer", "background writer process", Set.of(0), RESET, BACKENDS),
    ARCHIVER("archiver", "archiver", "archiver process", Set.of(0, 1), RESET, ARCHIVAL),
    CHECKPOINTER("checkpointer", "checkpointer", "checkpointer process", Set.of(), RESET, CHECKPOINT),
    WAL_WRITER("wal_writer", "walwriter", "WAL writer process", Set.of(0), RESET, BACKENDS),
    WAL_RECEIVER("wal_receiver", "walreceiver", "WAL receiver process", Set.of(0, 1), RESET, BACKENDS);

    private final String childName;
    private final String backendType;
    private final String exitName;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes immutable ones
    private final Set<Integer> benignExits;

    private final CrashScope crashScope;
    private final StopWave stopWave;

    ChildKind(
            String childName,
            String backendType,
            String exitName,
            Set<Integer> benignExits,
            CrashScope crashScope,
            StopWave stopWave) {
        this.childName = childName;
        this.backendType = backendType;
        this.exitName = exitName;
        this.benignExits = benignExits;
        this.crashScope = crashScope;
        this.stopWave = stopWave;
    }

    /** The name after {@code --forkchild=} (CK-1); compared exactly. */
    public String childName() {
        return childName;
    }

    /** The kind called {@code name}, if there is one. */
    public static Optional<ChildKind> named(String name) {
        for (ChildKind kind : values()) {
            if (kind.childName.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** What {@code ps} and the log call it (1.2, LOG-25). */
    public String backendType() {
        return backendType;
    }

    /** What the postmaster calls it when it ends (SG-37). */
    public String exitName() {
        return exitName;
    }

    /** Whether it stays when the postmaster is gone, and ignores every signal that would end it (LOG-6, SG-19). */
    public boolean outlivesPostmaster() {
        return this == SYSLOGGER;
    }

    /** Whether it maps the shared segment; the syslogger must not, because it outlives resets. */
    public boolean attachesSharedMemory() {
        return this != SYSLOGGER;
    }

    /** Whether it serves a client, so that it inherits a socket and has last words to say (SG-12). */
    public boolean servesClient() {
        return this == BACKEND;
    }

    /** Whether there may be more than one at a time. */
    public boolean isPlural() {
        return this == BACKEND || this == AV_WORKER || this == BGWORKER;
    }

    /** Whether exit {@code status} is a normal end outside the special cases of shutdown (table 1.5). */
    public boolean endsWellWith(ExitStatus status) {
        return status instanceof ExitStatus.Code(int code) && benignExits.contains(code);
    }

    /** Whom a crash of this kind ends, unless the setting {@code crash_scope} widens it. */
    public CrashScope crashScope() {
        return crashScope;
    }

    /** When a shutdown tells it to go. */
    public StopWave stopWave() {
        return stopWave;
    }
}
