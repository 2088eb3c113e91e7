package dev.postmaster.store.catalog;

import org.jspecify.annotations.Nullable;

/** All catalog tables by name. */
public final class CatalogTables {
    private CatalogTables() {}

    /** The query that answers for a table, in SQLite's SQL; null for a name that is none of ours. */
    public static @Nullable String query(String name) {
        if (!name.startsWith("pg_") && !name.startsWith("_pg_") && !name.startsWith("information_schema_")) {
            return null;
        }
        String query = RelationTables.query(name);
        query = query == null ? ConstraintTables.query(name) : query;
        query = query == null ? ServerTables.query(name) : query;
        query = query == null ? InformationSchema.query(name) : query;
        return query == null ? EmptyTables.query(name) : query;
    }

    /** Whether a table never has rows here, so that whatever is joined with it has none either. */
    public static boolean alwaysEmpty(String name) {
        return EmptyTables.query(name) != null;
    }
}
