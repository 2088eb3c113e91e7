package dev.postmaster.store.sql;

/** Catalog tables are queries, put before the statement that names them. */
final class CatalogRules {
    private CatalogRules() {}

    static void apply(Phrase phrase) {
        phrase.size();
    }
}
