package dev.postmaster.child.backend;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.Rows;
import dev.postmaster.store.Statement;
import dev.postmaster.store.Store;
import dev.postmaster.store.sql.Kind;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one statement where it belongs: in the store, on the transaction block, or here. */
final class StatementRunner {
    private static final Kind UNKNOWN = new Kind.Query();

    private final Store store;
    private final TransactionBlock block;
    private final SessionWork session;

    /**
     * What the session adds to a store. What a hook throws, the statement throws.
     *
     * @param commands the statements that are the session's own
     * @param composites the statements that run others
     * @param roles what CREATE and DROP DATABASE must ask
     * @param rights what the role may do with tables
     * @param beforeEach done before each statement
     * @param beforeDrop done before a database is dropped
     */
    record SessionWork(
            SessionCommands commands,
            CompositeCommands composites,
            RoleCommands roles,
            Rights rights,
            Runnable beforeEach,
            Runnable beforeDrop) {}

    StatementRunner(Store store, TransactionBlock block, SessionWork session) {
        this.store = store;
        this.block = block;
        this.session = session;
    }

    /** The statements of a string. */
    List<String> split(String sql) {
        return store.split(sql);
    }

    /** Understands one statement without parameters; in a dead block, only what it can still run. */
    Statement prepare(String sql) {
        return prepare(() -> store.prepare(sql));
    }

    /** Understands one statement; in a dead block, only what it can still run. */
    Statement prepare(String sql, int[] parameterOids) {
        return prepare(() -> store.prepare(sql, parameterOids));
    }

    /** For a text that is not the client's, in which a place would mean nothing to it. */
    static Statement unplaced(Supplier<Statement> prepare) {
        try {
            return prepare.get();
        } catch (ReportException e) {
            throw new ReportException(e.report().withPosition(0), e);
        }
    }

    private Statement prepare(Supplier<Statement> understand) {
        Statement statement;
        try {
            statement = understand.get();
        } catch (ReportException e) {
            if (e.report().sqlState() != SqlState.SYNTAX_ERROR) {
                block.refuseIfFailed(UNKNOWN); // a dead block does not look for tables
            }
            throw e;
        }
        try {
            block.refuseIfFailed(statement.kind());
        } catch (ReportException e) {
            statement.close();
            throw e;
        }
        return statement;
    }

    /** The caller closes the rows. */
    Rows run(Statement statement, List<? extends @Nullable Object> values) throws IOException {
        session.beforeEach().run();
        Kind kind = statement.kind();
        block.refuseIfFailed(kind);
        session.rights().require(statement);
        // Before the switch, whose set-up would cost a new process several milliseconds of its first answer.
        if (kind instanceof Kind.Query || kind instanceof Kind.Modify) {
            return inStore(statement, values);
        }
        return switch (kind) {
            case Kind.Empty empty -> TextRows.none("");
            case Kind.Query query -> inStore(statement, values);
            case Kind.Modify modify -> inStore(statement, values);
            case Kind.Utility utility ->
                utility.inTransaction() ? inStore(statement, values) : alone(statement, values);
            case Kind.CreateDatabase create -> create(create, statement);
            case Kind.DropDatabase drop -> drop(drop, statement);
            case Kind.Begin begin -> TextRows.none(block.begin(statement, begin.modes()));
            case Kind.Commit commit -> TextRows.none(block.commit(commit.chain()));
            case Kind.Rollback rollback -> TextRows.none(block.rollback(rollback.chain()));
            case Kind.Savepoint savepoint -> TextRows.none(block.savepoint(statement, savepoint.name()));
            case Kind.Release release -> TextRows.none(block.release(statement, release.name()));
            case Kind.RollbackTo rollback -> TextRows.none(block.rollbackTo(statement, rollback.name()));
            case Kind.SessionCommand command -> session.commands().run(command);
            case Kind.Composite command -> session.composites().run(command, this);
        };
    }

    private Rows inStore(Statement statement, List<? extends @Nullable Object> values) {
        block.prepareToRun();
        return statement.execute(values);
    }

    /** The checkpointer keeps every database open that it knows. */
    private Rows drop(Kind.DropDatabase drop, Statement statement) {
        block.refuseInBlock("DROP DATABASE");
        session.roles().requireRightToDrop(drop);
        session.beforeDrop().run();
        Rows done = alone(statement, List.of());
        session.roles().dropped(drop);
        return done;
    }

    private Rows create(Kind.CreateDatabase create, Statement statement) {
        session.roles().requireRightToCreate(create);
        Rows done = alone(statement, List.of());
        session.roles().created(create);
        return done;
    }

    /** For what cannot run within a transaction. */
    private Rows alone(Statement statement, List<? extends @Nullable Object> values) {
        block.prepareToRunAlone();
        return statement.execute(values);
    }
}
