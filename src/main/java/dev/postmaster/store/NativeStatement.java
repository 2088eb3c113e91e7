package dev.postmaster.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * One compiled statement of SQLite's. Stands below JDBC: xerial's own statements start a transaction of their own after
 * every change, compile a regular expression and load a page of classes, which a short-lived process pays for each time.
 */
final class NativeStatement extends CoreStatement implements AutoCloseable {
    /** Compiles SQL; the connection must not be in JDBC's auto-commit mode, or the driver begins transactions. */
    NativeStatement(Sqlite sqlite, String text) throws SQLException {
        super(sqlite.connection());
        sql = text;
        sqlite.connection().getDatabase().prepare(this);
    }

    /** Binds the values and runs to the first row; false when there is none. */
    boolean start(@Nullable Object... values) throws SQLException {
        return conn.getDatabase().execute(this, values);
    }

    /** Runs to the next row; false after the last one. */
    boolean step() throws SQLException {
        int code = pointer.safeRunInt(DB::step);
        if (code != Codes.SQLITE_ROW && code != Codes.SQLITE_DONE) {
            conn.getDatabase().throwex(code);
        }
        return code == Codes.SQLITE_ROW;
    }

    /** The values of the current row. */
    @Nullable
    Object[] row(int columns) throws SQLException {
        return pointer.safeRun((db, statement) -> {
            Object[] values = new Object[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = value(db, statement, i);
            }
            return values;
        });
    }

    private static @Nullable Object value(DB db, long statement, int column) throws SQLException {
        return switch (db.column_type(statement, column)) {
            case Codes.SQLITE_INTEGER -> db.column_long(statement, column);
            case Codes.SQLITE_FLOAT -> db.column_double(statement, column);
            case Codes.SQLITE_BLOB -> blob(db.column_blob(statement, column));
            case Codes.SQLITE_NULL -> null;
            default -> db.column_text(statement, column);
        };
    }

    /** The driver gives no array for a blob of no bytes. */
    private static byte[] blob(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    int columnCount() throws SQLException {
        return pointer.safeRunInt(DB::column_count);
    }

    String columnName(int column) throws SQLException {
        return pointer.safeRun((db, statement) -> db.column_name(statement, column));
    }

    @Nullable
    String declaredType(int column) throws SQLException {
        return pointer.<@Nullable String, SQLException>safeRun(
                (db, statement) -> db.column_decltype(statement, column));
    }

    /** Ready to run again; false when a failure has ended it and it must be compiled anew. */
    boolean reset() throws SQLException {
        if (pointer.isClosed()) {
            return false;
        }
        pointer.safeRunInt(DB::reset);
        return true;
    }

    @Override
    public void close() throws SQLException {
        pointer.close();
    }

    /** JDBC's way to run a query, which nobody takes here. */
    @Override
    public ResultSet executeQuery(String query, boolean closeStatement) {
        throw new UnsupportedOperationException(query);
    }
}
