package dev.postmaster.store;

import java.util.List;

/**
 * One open database: one connection to one SQLite file, used by one thread. Only {@link #interrupt()} may be called by
 * any thread. Everything that goes wrong is a {@link dev.postmaster.report.ReportException} with PostgreSQL's SQLSTATE.
 */
public interface Store extends AutoCloseable {

    /** Opens a database of a cluster; 3D000 when there is none of that name. */
    static Store open(StoreOptions options) {
        return SqliteStore.open(options);
    }

    /**
     * The statements of a simple-query string, each as the client wrote it, without the separating semicolon. Empty for
     * a string of blanks and comments.
     */
    List<String> split(String sql);

    /**
     * Understands one statement without running it.
     *
     * @param parameterOids the types the client gave for {@code $1}, {@code $2} …; 0 or a missing entry means unknown
     */
    Statement prepare(String sql, int[] parameterOids);

    /** Understands one statement that has no parameters; 42P02 if it has one. */
    Statement prepare(String sql);

    TransactionStatus transactionStatus();

    /** Opens a transaction on the session's behalf (a simple-query string, a pipeline up to Sync). */
    void begin(boolean readOnly);

    /** Commits the open transaction; does nothing when there is none. */
    void commit();

    /** Rolls the open transaction back; does nothing when there is none. */
    void rollback();

    /** From now to the end of the open transaction, every write fails with 25006. */
    void forbidWrites();

    /** PostgreSQL's {@code synchronous_commit}: off lets a commit be lost, but never torn, by a power failure. */
    void setSynchronousCommit(boolean on);

    /** Whether SQLite refuses every write, whatever statement it comes from: for a role that may only read. */
    void setQueryOnly(boolean on);

    /** How long a statement waits for another writer before it fails with 55P03; 0 does not wait. */
    void setLockTimeout(int millis);

    /**
     * Ends the running statement with 57014, whatever it is doing, also when it waits for a lock or sleeps. Without a
     * running statement it does nothing. Any thread may call it.
     */
    void interrupt();

    @Override
    void close();
}
