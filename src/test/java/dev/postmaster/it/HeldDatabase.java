package dev.postmaster.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database file in the hands of somebody else, so that a startup process waits for it: for five seconds at most. */
final class HeldDatabase implements AutoCloseable {
    private final Connection owner;

    /** @param postmaster one that does not run */
    HeldDatabase(RunningPostmaster postmaster) throws SQLException {
        owner = DriverManager.getConnection(
                "jdbc:sqlite:" + postmaster.dataDirectory().resolve("base/postgres.db"));
        try (Statement statement = owner.createStatement()) {
            statement.execute("PRAGMA locking_mode=EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
