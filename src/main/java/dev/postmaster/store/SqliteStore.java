package dev.postmaster.store;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.Dialect;
import dev.postmaster.store.sql.Splitter;
import dev.postmaster.store.sql.SqliteText;
import dev.postmaster.store.sql.Translation;
import dev.postmaster.store.type.SqlError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The store over xerial's SQLite. */
final class SqliteStore implements Store {
    /**
     * What everybody sets who opens a file: the log is the checkpointer's to move, and LIKE minds case as in PostgreSQL,
     * also where a CHECK uses it.
     */
    static final String FILE_PRAGMAS = """
            PRAGMA journal_mode=WAL;
            PRAGMA wal_autocheckpoint=0;
            PRAGMA synchronous=FULL;
            PRAGMA case_sensitive_like=ON;
            """;

    /** What a session sets besides: keys are checked, and nothing is written outside the database. */
    private static final String SESSION_PRAGMAS = FILE_PRAGMAS + "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;";

    private final StoreOptions options;
    private final Sqlite sqlite;
    private final Transaction transaction;
    private final FunctionLibrary functions;
    private final StatementFailures failures;

    private SqliteStore(StoreOptions options, Sqlite sqlite) {
        this.options = options;
        this.sqlite = sqlite;
        this.transaction = new Transaction(sqlite, options.readOnly());
        this.functions = new FunctionLibrary(sqlite, options, transaction);
        this.failures = new StatementFailures(sqlite);
    }

    static Store open(StoreOptions options) {
        Path file = Databases.file(options.baseDirectory(), options.database());
        if (!Files.isRegularFile(file)) {
            throw SqlError.of(SqlState.INVALID_CATALOG_NAME, "database \"" + options.database() + "\" does not exist");
        }
        try {
            Sqlite sqlite = options.readOnly()
                    ? Sqlite.openReadOnly(file, options.lockTimeoutMillis())
                    : Sqlite.open(file, options.lockTimeoutMillis());
            sqlite.run(SESSION_PRAGMAS);
            SqliteStore store = new SqliteStore(options, sqlite);
            if (!options.synchronousCommit()) {
                store.setSynchronousCommit(false);
            }
            return store;
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }

    @Override
    public List<String> split(String sql) {
        return Splitter.split(sql);
    }

    @Override
    public Statement prepare(String sql, int[] parameterOids) {
        Translation translation = Dialect.translate(sql, parameterOids);
        return new SqliteStatement(this, translation);
    }

    @Override
    public Statement prepare(String sql) {
        return new SqliteStatement(this, Dialect.translate(sql));
    }

    StoreOptions options() {
        return options;
    }

    Sqlite sqlite() {
        return sqlite;
    }

    Transaction transaction() {
        return transaction;
    }

    FunctionLibrary functions() {
        return functions;
    }

    ReportException failure(SQLException failure, Translation statement, SqliteText text) {
        ReportException ours = functions.takeFailure();
        return ours != null ? ours : failures.of(failure, statement, text, transaction.isOpen());
    }

    @Override
    public TransactionStatus transactionStatus() {
        return transaction.isOpen() ? TransactionStatus.IN_TRANSACTION : TransactionStatus.IDLE;
    }

    @Override
    public void begin(boolean readOnly) {
        transaction.begin(readOnly);
    }

    @Override
    public void commit() {
        if (transaction.isOpen()) {
            transaction.commit();
        }
    }

    @Override
    public void rollback() {
        transaction.rollback();
    }

    @Override
    public void forbidWrites() {
        transaction.forbidWrites();
    }

    @Override
    public void setSynchronousCommit(boolean on) {
        try {
            sqlite.run(on ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }

    @Override
    public void setQueryOnly(boolean on) {
        try {
            sqlite.run(on ? "PRAGMA query_only=ON" : "PRAGMA query_only=OFF");
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }

    @Override
    public void setLockTimeout(int millis) {
        sqlite.lockWait().setTimeout(millis);
    }

    @Override
    public void interrupt() {
        sqlite.interrupt();
    }

    @Override
    public void close() {
        sqlite.closeKeepingLog();
    }
}
