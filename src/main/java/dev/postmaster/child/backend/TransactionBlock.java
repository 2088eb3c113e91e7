package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.Store;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.sql.Kind.TransactionModes;
import dev.postmaster.wire.TransactionStatus;
import java.io.IOException;
import java.util.List;

/**
 * The client's view of transactions over the store's (xact.c): a block is opened by BEGIN, or by the server around
 * statements that the client sent together; when a statement in a client's block fails, the block is dead until its end.
 *
 * <p>A dead block keeps no locks: what the store did is rolled back at once, unless a savepoint may still be returned to.
 */
final class TransactionBlock {
    private enum State {
        /** Each statement is a transaction of its own. */
        NONE,
        /** From the first Execute to Sync; if there are more, they are one transaction. */
        PIPELINE,
        /** Statements in one string are one transaction. */
        IMPLICIT,
        /** After BEGIN. */
        EXPLICIT,
        /** After BEGIN and an error. */
        FAILED
    }

    private final Store store;
    private final SessionSettings settings;
    private final Reporter reporter;
    private final Runnable beforeEnd;
    private final Savepoints savepoints = new Savepoints();
    private State state = State.NONE;

    /** {@code beforeEnd}: closes whatever lives no longer than a transaction. */
    TransactionBlock(Store store, SessionSettings settings, Reporter reporter, Runnable beforeEnd) {
        this.store = store;
        this.settings = settings;
        this.reporter = reporter;
        this.beforeEnd = beforeEnd;
    }

    TransactionStatus status() {
        return switch (state) {
            case NONE, PIPELINE, IMPLICIT -> TransactionStatus.IDLE;
            case EXPLICIT -> TransactionStatus.IN_TRANSACTION;
            case FAILED -> TransactionStatus.FAILED;
        };
    }

    /** Whether a dead block must refuse this statement: all but those that end it, or its death. */
    void refuseIfFailed(Kind kind) {
        boolean ends = kind instanceof Kind.Commit || kind instanceof Kind.Rollback || kind instanceof Kind.RollbackTo;
        if (state == State.FAILED && !ends) {
            throw error(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction block");
        }
    }

    // The server's own block

    /** What follows, up to {@link #endOwn}, is one string of several statements. */
    void beginImplicit() {
        if (state == State.NONE) {
            state = State.IMPLICIT;
        }
    }

    /** What follows, up to {@link #endOwn}, is what the client sends before Sync. */
    void beginPipeline() {
        if (state == State.NONE) {
            state = State.PIPELINE;
        }
    }

    /** Opens the store's transaction if the block has none yet and needs one. */
    void prepareToRun() {
        boolean readOnly = settings.current().isOn(SettingTable.READ_ONLY);
        if (!isClients() && (state != State.NONE || readOnly) && !isOpen()) {
            store.begin(readOnly);
        }
    }

    /** The same for a statement that the store will not run within a transaction: refused or not, it decides. */
    void prepareToRunAlone() {
        if (state == State.IMPLICIT) {
            prepareToRun();
        }
    }

    /** Ends the server's block, or the transaction that a statement outside any block was. */
    void endOwn() {
        if (!isClients()) {
            end(true);
        }
    }

    /** A statement has failed, and with it whatever block it was in. */
    void fail() {
        if (!isClients()) {
            end(false);
        } else {
            state = State.FAILED;
            if (savepoints.isEmpty()) {
                store.rollback();
            }
        }
    }

    // The client's block: each answers with the command tag

    String begin(Statement statement, TransactionModes modes) throws IOException {
        if (state == State.EXPLICIT) {
            reporter.warning(SqlState.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress");
        }
        String tag = isOpen() ? "BEGIN" : runToTag(statement);
        state = State.EXPLICIT;
        settings.setModes(modes);
        if (settings.current().isOn(SettingTable.READ_ONLY)) {
            store.forbidWrites();
        }
        return tag;
    }

    String commit(boolean chain) throws IOException {
        boolean failed = state == State.FAILED;
        end("COMMIT", !failed, chain);
        return failed ? "ROLLBACK" : "COMMIT";
    }

    String rollback(boolean chain) throws IOException {
        end("ROLLBACK", false, chain);
        return "ROLLBACK";
    }

    String savepoint(Statement statement, String name) {
        requireBlock("SAVEPOINT");
        String tag = runToTag(statement);
        savepoints.add(name, settings.state());
        return tag;
    }

    String release(Statement statement, String name) {
        requireBlock("RELEASE SAVEPOINT");
        savepoints.require(name);
        String tag = runToTag(statement);
        savepoints.release(name);
        return tag;
    }

    String rollbackTo(Statement statement, String name) {
        requireBlock("ROLLBACK TO SAVEPOINT");
        savepoints.require(name);
        String tag = runToTag(statement);
        settings.restore(savepoints.returnTo(name));
        state = State.EXPLICIT;
        return tag;
    }

    /** SET TRANSACTION: the modes of the present transaction. */
    void set(TransactionModes modes) throws IOException {
        warnOutsideBlock("SET TRANSACTION");
        boolean wasReadOnly = settings.current().isOn(SettingTable.READ_ONLY);
        if (wasReadOnly && isOpen() && Boolean.FALSE.equals(modes.readOnly())) {
            throw error(SqlState.ACTIVE_SQL_TRANSACTION, "transaction read-write mode must be set before any query");
        }
        settings.setModes(modes);
        if (isOpen() && settings.current().isOn(SettingTable.READ_ONLY)) {
            store.forbidWrites();
        }
    }

    /** What {@code command} changes will be forgotten at once if there is no block. */
    void warnOutsideBlock(String command) throws IOException {
        if (state == State.NONE || state == State.PIPELINE) {
            reporter.warning(SqlState.NO_ACTIVE_SQL_TRANSACTION, command + " can only be used in transaction blocks");
        }
    }

    /** @throws ReportException ERROR 25001 if the command is part of a greater whole */
    void refuseInBlock(String command) {
        if (isClients() || state == State.IMPLICIT || isOpen()) {
            throw error(SqlState.ACTIVE_SQL_TRANSACTION, command + " cannot run inside a transaction block");
        }
    }

    private void end(String command, boolean keep, boolean chain) throws IOException {
        if (chain) {
            requireBlock(command + " AND CHAIN");
        }
        if (!isClients()) {
            reporter.warning(SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
        }
        TransactionModes modes = settings.modes();
        end(keep);
        if (chain) {
            settings.setModes(modes);
            store.begin(settings.current().isOn(SettingTable.READ_ONLY));
            state = State.EXPLICIT;
        }
    }

    /** Ends whatever block there is. A commit that fails is a rollback. */
    private void end(boolean keep) {
        boolean kept = false;
        try {
            beforeEnd.run();
            if (keep) {
                store.commit();
                kept = true;
            }
        } finally {
            state = State.NONE;
            savepoints.clear();
            if (kept) {
                settings.commit();
            } else {
                settings.rollback();
                store.rollback();
            }
        }
    }

    private boolean isClients() {
        return state == State.EXPLICIT || state == State.FAILED;
    }

    private boolean isOpen() {
        return store.transactionStatus() == dev.postmaster.store.TransactionStatus.IN_TRANSACTION;
    }

    private void requireBlock(String command) {
        if (!isClients()) {
            throw error(SqlState.NO_ACTIVE_SQL_TRANSACTION, command + " can only be used in transaction blocks");
        }
    }

    private static String runToTag(Statement statement) {
        try (Rows rows = statement.execute(List.of())) {
            return rows.commandTag();
        }
    }
}
