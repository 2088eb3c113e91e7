package dev.postmaster.store.sql;

/** The rules for expressions, in the order they need each other. */
final class ExpressionRules {
    private ExpressionRules() {}

    /**
     * Rewrites every expression; {@link NameRules} must have run.
     *
     * @param stored whether the text becomes part of the schema, which must stay readable to SQLite without our functions
     */
    static void apply(Phrase phrase, boolean stored) {
        IntervalRules.apply(phrase);
        CastRules.apply(phrase, stored);
        ArrayRules.apply(phrase);
        KeywordRules.apply(phrase, stored);
        PatternRules.apply(phrase);
        FunctionRules.apply(phrase);
        if (!stored) {
            DivisionRules.apply(phrase);
        }
        LimitRules.apply(phrase);
        SeriesRules.apply(phrase);
        DenyRules.apply(phrase);
        CatalogRules.apply(phrase);
    }
}
