package dev.postmaster.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a result. A value is a Long, Double, String, byte[] or null; times are text in UTC. */
public final class Row {
    private final List<String> columns;
    private final List<@Nullable Object> values;

    /** @param columns names, one for each value */
    public Row(List<String> columns, List<? extends @Nullable Object> values) {
        this.columns = List.copyOf(columns);
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** The values in the order of the columns. */
    public List<@Nullable Object> values() {
        return values;
    }

    /**
     * The value of a column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public @Nullable Object value(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("no column \"" + column + "\" among " + columns);
        }
        return values.get(index);
    }

    /** The value of a column as text; of use for all but byte[]. */
    public @Nullable String text(String column) {
        Object value = value(column);
        return value == null ? null : value.toString();
    }

    /**
     * The value of a column of whole numbers.
     *
     * @throws IllegalArgumentException if it is something else, or null
     */
    public long number(String column) {
        if (value(column) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("column \"" + column + "\" is no whole number: " + value(column));
    }

    @Override
    public String toString() {
        return columns + " = " + values;
    }
}
