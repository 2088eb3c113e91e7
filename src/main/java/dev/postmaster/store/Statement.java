package dev.postmaster.store;

import dev.postmaster.store.sql.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One prepared statement. It may run any number of times, also while rows of an earlier run are still open. */
public interface Statement extends AutoCloseable {

    /** What the statement does, and what the session must do about it. */
    Kind kind();

    /** The table it changes, as far as its text tells; null if it changes none or several. */
    @Nullable
    String target();

    /** One type for each parameter: the client's where it gave one, else what the text tells, else {@code text}. */
    int[] parameterOids();

    /**
     * The columns of the rows this statement returns; empty when it returns none. A type the text does not tell is
     * {@code text} here; {@link Rows#columns()} knows better as long as nobody was told yet.
     */
    List<Column> columns();

    /**
     * Runs the statement.
     *
     * @param values one value for each parameter, as {@code TypeCodec.decode} gives them: Long, Double, String, byte[] or
     *     null
     * @throws IllegalStateException if {@link #kind()} is a {@link Kind.SessionCommand}: those the session does itself
     */
    Rows execute(List<? extends @Nullable Object> values);

    @Override
    void close();
}
