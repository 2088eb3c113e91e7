package dev.postmaster.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database file in the hands of somebody else, so that a startup process waits for it: for half a minute at most. */
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

    /**
     * Starts a postmaster whose last shutdown was none, and waits until it recovers: which it does as long as the database is
     * held. It must log at DEBUG1.
     */
    static HeldDatabase whileRecovering(RunningPostmaster postmaster) throws SQLException {
        var held = new HeldDatabase(postmaster);
        postmaster.startAgain();
        postmaster.awaitLog("updating PMState from PM_STARTUP to PM_RECOVERY");
        return held;
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
