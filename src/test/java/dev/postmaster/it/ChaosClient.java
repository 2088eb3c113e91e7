package dev.postmaster.it;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that counts upwards in a table of its own, one committed row at a time, and connects again whenever it loses
 * its session. After each loss it looks whether the database still has all that was acknowledged, and nothing else.
 */
final class ChaosClient implements Runnable {
    private static final long RETRY_NANOS = 20_000_000;
    private static final String DISK_FULL = "53100";

    private final RunningPostmaster postmaster;
    private final String table;
    private final AtomicBoolean working;
    private final Runnable served;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lostSessions = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable String violation;

    /**
     * @param working the client disconnects and waits while this is false
     * @param served told of each session that has had an answer
     */
    ChaosClient(RunningPostmaster postmaster, int number, AtomicBoolean working, Runnable served) throws SQLException {
        this.postmaster = postmaster;
        this.table = "chaos_" + number;
        this.working = working;
        this.served = served;
        try (Connection connection = postmaster.connect()) {
            connection.createStatement().execute("create table " + table + " (v bigint primary key)");
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long lostSessions() {
        return lostSessions.get();
    }

    /** How many rows a full disk had no room for. */
    long refused() {
        return refused.get();
    }

    /** What was found to be lost or invented; null if nothing was. */
    @Nullable
    String violation() {
        return violation;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted() && violation == null) {
            if (working.get()) {
                workUntilSomethingHappens();
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private void workUntilSomethingHappens() {
        try (Connection connection = postmaster.connect()) {
            check(connection);
            served.run();
            connection.setAutoCommit(false);
            insert(connection);
        } catch (SQLException e) {
            lostSessions.incrementAndGet();
        }
    }

    private void insert(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement("insert into " + table + " values (?)")) {
            while (working.get() && !Thread.currentThread().isInterrupted() && violation == null) {
                insert.setLong(1, acknowledged.get() + 1);
                commit(connection, insert);
            }
        }
    }

    /** A full disk refuses a row and ends no session. */
    private void commit(Connection connection, PreparedStatement insert) throws SQLException {
        try {
            insert.executeUpdate();
            connection.commit();
            acknowledged.incrementAndGet();
        } catch (SQLException e) {
            if (!DISK_FULL.equals(e.getSQLState())) {
                throw e;
            }
            refused.incrementAndGet();
            connection.rollback();
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** At most the one row under way may be there without an acknowledgement; from then on it counts. */
    void check(Connection connection) throws SQLException {
        try (ResultSet rows =
                connection.createStatement().executeQuery("select count(*), coalesce(max(v), 0) from " + table)) {
            rows.next();
            long count = rows.getLong(1);
            long expected = acknowledged.get();
            if (rows.getLong(2) != count || count < expected || count > expected + 1) {
                violation = table + ": " + expected + " rows acknowledged, " + count + " there, the last is "
                        + rows.getLong(2);
            }
            acknowledged.set(count);
        }
    }
}
