package dev.postmaster.store;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.Kind;
import dev.postmaster.store.sql.SqliteText;
import dev.postmaster.store.sql.Translation;
import dev.postmaster.store.type.SqlError;
import java.sql.SQLException;

/** Statements that return no rows: transactions, definitions, databases. */
final class Commands {
    /** Makes several statements of SQLite's one of the client's. */
    private static final String TOGETHER = "_together";

    private final SqliteStore store;
    private final Transaction transaction;
    private final Translation translation;
    private final String command;

    Commands(SqliteStore store, Translation translation) {
        this.store = store;
        this.transaction = store.transaction();
        this.translation = translation;
        this.command = translation.tag().name();
    }

    Rows run() {
        switch (translation.kind()) {
            case Kind.Empty() -> {}
            case Kind.Begin(var modes) -> transaction.begin(Boolean.TRUE.equals(modes.readOnly()));
            case Kind.Commit(boolean chain) -> transaction.commit(chain);
            case Kind.Rollback(boolean chain) -> transaction.rollback(chain);
            case Kind.Savepoint(String name) -> inBlock();
            case Kind.Release(String name) -> inBlock();
            case Kind.RollbackTo(String name) -> inBlock();
            case Kind.Query() -> parts(false);
            case Kind.Modify() -> write(true);
            case Kind.Utility(boolean inTransaction) -> write(inTransaction);
            case Kind.CreateDatabase(String name, var ignored) -> {
                requireAlone();
                Databases.create(store.options().baseDirectory(), name);
            }
            case Kind.DropDatabase(String name, boolean ifExists) -> {
                requireAlone();
                drop(name, ifExists);
            }
            case Kind.SessionCommand session -> throw sessions(session);
            case Kind.Composite composite -> throw sessions(composite);
        }
        return new DoneRows(translation.tag().text(0));
    }

    private IllegalStateException sessions(Kind kind) {
        return new IllegalStateException("the session itself does " + command + ": " + kind);
    }

    private void inBlock() {
        transaction.requireBlock(command);
        parts(false);
    }

    private void write(boolean inTransaction) {
        if (!inTransaction) {
            transaction.requireNoBlock(command);
        }
        transaction.requireWritable(command);
        parts(inTransaction && translation.parts().size() > 1);
    }

    private void requireAlone() {
        transaction.requireNoBlock(command);
        transaction.requireWritable(command);
    }

    private void drop(String name, boolean ifExists) {
        if (name.equals(store.options().database())) {
            throw SqlError.of(SqlState.OBJECT_IN_USE, "cannot drop the currently open database");
        }
        if (!ifExists || Databases.exists(store.options().baseDirectory(), name)) {
            Databases.drop(store.options().baseDirectory(), name);
        }
    }

    private void parts(boolean together) {
        if (!together) {
            translation.parts().forEach(this::part);
            return;
        }
        control("SAVEPOINT " + TOGETHER);
        try {
            translation.parts().forEach(this::part);
        } catch (ReportException e) {
            control("ROLLBACK TO " + TOGETHER);
            throw e;
        } finally {
            control("RELEASE " + TOGETHER);
        }
    }

    private void part(SqliteText text) {
        try (NativeStatement statement = store.functions().compile(text.text())) {
            boolean row = statement.start();
            while (row) {
                row = statement.step();
            }
        } catch (SQLException e) {
            throw store.failure(e, translation, text);
        }
    }

    private void control(String sql) {
        try {
            store.sqlite().run(sql);
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }
}
