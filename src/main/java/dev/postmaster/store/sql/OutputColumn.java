package dev.postmaster.store.sql;

import dev.postmaster.store.type.PgType;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a statement tells about one item of its result.
 *
 * @param star whether the item stands for any number of columns
 * @param name what PostgreSQL calls the column; null for a star
 * @param type null where the text does not tell
 * @param modifier of the type; -1 for none
 */
public record OutputColumn(
        boolean star, @Nullable String name, @Nullable PgType type, int modifier) {
    static final OutputColumn STAR = new OutputColumn(true, null, null, -1);
}
