package dev.postmaster.store;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SqlError;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Whether a transaction block is open, what it may do, and when it began. */
final class Transaction {
    private final Sqlite sqlite;
    private final boolean readOnlyStore;
    private boolean open;
    private boolean readOnly;
    private Instant began = Instant.EPOCH;

    Transaction(Sqlite sqlite, boolean readOnlyStore) {
        this.sqlite = sqlite;
        this.readOnlyStore = readOnlyStore;
    }

    boolean isOpen() {
        return open;
    }

    /** A statement starts: outside a block it is a transaction of its own, and {@code now()} tells its time. */
    void statementBegins() {
        if (!open) {
            readOnly = false;
            began = Instant.now().truncatedTo(ChronoUnit.MICROS);
        }
    }

    Instant began() {
        return began;
    }

    /** SQLite's BEGIN is deferred: the snapshot is taken by the first read, the write lock by the first write. */
    void begin(boolean onlyReads) {
        if (open) {
            throw SqlError.of(SqlState.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress");
        }
        statementBegins();
        run("BEGIN");
        open = true;
        readOnly = onlyReads;
    }

    /** A commit that fails is a rollback, as in PostgreSQL. */
    void commit() {
        requireOpen();
        try {
            run("COMMIT");
            open = false;
        } catch (ReportException e) {
            rollback();
            throw e;
        }
    }

    /** Ends the block; SQLite may have ended it before, after a full disk for example. */
    void rollback() {
        if (!open) {
            return;
        }
        open = false;
        try {
            sqlite.runAgain("ROLLBACK");
        } catch (SQLException e) {
            if (!SqliteFailures.sentence(e).contains("no transaction is active")) {
                throw new ReportException(SqliteFailures.report(e), e);
            }
        }
    }

    void commit(boolean chain) {
        boolean onlyReads = readOnly;
        commit();
        if (chain) {
            begin(onlyReads);
        }
    }

    void rollback(boolean chain) {
        requireOpen();
        boolean onlyReads = readOnly;
        rollback();
        if (chain) {
            begin(onlyReads);
        }
    }

    void forbidWrites() {
        readOnly = true;
    }

    private void requireOpen() {
        if (!open) {
            throw SqlError.of(SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
        }
    }

    /** 25P01 outside a block. */
    void requireBlock(String command) {
        if (!open) {
            throw SqlError.of(SqlState.NO_ACTIVE_SQL_TRANSACTION, command + " can only be used in transaction blocks");
        }
    }

    /** 25001 inside a block. */
    void requireNoBlock(String command) {
        if (open) {
            throw SqlError.of(SqlState.ACTIVE_SQL_TRANSACTION, command + " cannot run inside a transaction block");
        }
    }

    /** 25006 when nothing may be written. */
    void requireWritable(String command) {
        if (readOnly || readOnlyStore) {
            throw SqlError.of(
                    SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute " + command + " in a read-only transaction");
        }
    }

    private void run(String sql) {
        try {
            sqlite.runAgain(sql);
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }
}
