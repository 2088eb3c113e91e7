package dev.postmaster.store;

import dev.postmaster.report.ReportException;
import dev.postmaster.store.type.SizeLimit;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import org.sqlite.jdbc4.JDBC4Connection;

/** One connection to one file: xerial's driver without its JDBC habits. Used by one thread, except for the interrupt. */
final class Sqlite implements AutoCloseable {
    private static final int OPEN_READ_ONLY = 0x1;
    private static final int OPEN_READ_WRITE = 0x2;
    private static final int OPEN_CREATE = 0x4;

    private final Path file;
    private final SQLiteConnection connection;
    private final LockWait lockWait;
    private final Map<String, NativeStatement> compiled = new HashMap<>();

    /** Guards the connection against an interrupt that comes while it closes. */
    private final Object closing = new Object();

    private boolean closed;

    private Sqlite(Path file, SQLiteConnection connection, LockWait lockWait) {
        this.file = file;
        this.connection = connection;
        this.lockWait = lockWait;
    }

    static Sqlite open(Path file, int lockTimeoutMillis) throws SQLException {
        return open(file, OPEN_READ_WRITE, lockTimeoutMillis);
    }

    static Sqlite openReadOnly(Path file, int lockTimeoutMillis) throws SQLException {
        return open(file, OPEN_READ_ONLY, lockTimeoutMillis);
    }

    static Sqlite create(Path file) throws SQLException {
        return open(file, OPEN_READ_WRITE | OPEN_CREATE, 0);
    }

    private static Sqlite open(Path file, int mode, int lockTimeoutMillis) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("open_mode", Integer.toString(mode));
        String name = file.toAbsolutePath().toString();
        // Constructed, not found: neither DriverManager nor a service loader runs in a child.
        SQLiteConnection connection = new JDBC4Connection("jdbc:sqlite:" + name, name, properties);
        connection.getConnectionConfig().setAutoCommit(false);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, SizeLimit.bytes());
        LockWait lockWait = new LockWait(lockTimeoutMillis);
        connection.getDatabase().busy_handler(lockWait);
        return new Sqlite(file, connection, lockWait);
    }

    Path file() {
        return file;
    }

    SQLiteConnection connection() {
        return connection;
    }

    LockWait lockWait() {
        return lockWait;
    }

    NativeStatement compile(String sql) throws SQLException {
        return new NativeStatement(this, sql);
    }

    /** Runs statements without rows or parameters. */
    void run(String sql) throws SQLException {
        connection.getDatabase()._exec(sql);
    }

    /** The same for one statement that comes again and again: it is kept compiled until the connection closes. */
    void runAgain(String sql) throws SQLException {
        NativeStatement kept = compiled.remove(sql);
        NativeStatement statement = kept == null ? compile(sql) : kept;
        try {
            statement.start();
        } finally {
            if (statement.reset()) {
                compiled.put(sql, statement);
            }
        }
    }

    /** The first row of a query; null when it has none. */
    @Nullable
    Object @Nullable [] firstRow(String sql, @Nullable Object... values) throws SQLException {
        try (NativeStatement statement = compile(sql)) {
            return statement.start(values) ? statement.row(statement.columnCount()) : null;
        }
    }

    /** Rows changed by the last INSERT, UPDATE or DELETE. */
    long changes() throws SQLException {
        return connection.getDatabase().changes();
    }

    void interrupt() {
        synchronized (closing) {
            if (!closed) {
                lockWait.interrupt();
                try {
                    connection.getDatabase().interrupt();
                } catch (SQLException e) {
                    throw new IllegalStateException("interrupt of an open database", e);
                }
            }
        }
    }

    /**
     * Closes without SQLite's last-one-out checkpoint, which would also delete the log: while another connection reads
     * the file nobody is last, and one that cannot write cannot checkpoint when it goes. See decision 0020.
     */
    void closeKeepingLog() {
        try (Sqlite reader = openReadOnly(file, 0)) {
            reader.firstRow("PRAGMA schema_version");
            close();
        } catch (SQLException e) {
            // The file is gone or damaged: there is no log worth keeping.
            close();
        }
    }

    @Override
    public void close() {
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                connection.close();
            } catch (SQLException e) {
                throw new ReportException(SqliteFailures.report(e), e);
            }
        }
    }
}
