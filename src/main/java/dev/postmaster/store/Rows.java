package dev.postmaster.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement. A statement that returns no rows has done its work when this object appears; a query works
 * while it is read, and whatever it holds ends with {@link #close()}.
 */
public interface Rows extends AutoCloseable {

    /**
     * The columns as this run knows them: where {@link Statement#columns()} could not tell a type from the text, the
     * first row's value decides. Both lists have the same length and names.
     */
    List<Column> columns();

    /** Moves to the next row; false after the last one. */
    boolean next();

    /** The value in a column, counted from 0, of the current row: Long, Double, String, byte[] or null. */
    @Nullable
    Object value(int column);

    /** What CommandComplete says, with the rows read so far: {@code SELECT 3}, {@code INSERT 0 1}, {@code CREATE TABLE}. */
    String commandTag();

    @Override
    void close();
}
