package dev.postmaster.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker's database. SQL is what a client may send; what goes wrong is a {@link
 * dev.postmaster.report.ReportException} with the message and SQLSTATE a client would get. It is closed when the worker
 * ends, and what was not committed then is gone.
 *
 * <p>Values for {@code $1}, {@code $2} … may be whole numbers, Double, Float, Boolean, String, byte[] or null.
 */
public interface Database {
    /**
     * Runs a statement, or several if there are no values. Outside of {@link #transaction} each is one of its own.
     *
     * @return how many rows the last one inserted, changed or deleted; 0 for other statements
     */
    long execute(String sql, @Nullable Object... values);

    /** Runs one statement and reads all its rows. */
    List<Row> query(String sql, @Nullable Object... values);

    /**
     * Runs work as one transaction: committed when it returns, rolled back when it throws.
     *
     * @throws E what the work threw
     * @throws IllegalStateException within another transaction
     */
    <T extends @Nullable Object, E extends Exception> T transaction(Work<T, E> work) throws E;

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, E extends Exception> {
        T run() throws E;
    }
}
