package dev.postmaster.store.sql;

import dev.postmaster.store.catalog.CatalogTables;
import java.util.ArrayList;
import java.util.List;

/** A query that joins a catalog table which never has rows here has none either, whatever else it asks. */
final class EmptyCatalogRules {
    private EmptyCatalogRules() {}

    /** Replaces such a query by one of the same columns; tells whether it did. */
    static boolean apply(Phrase phrase, int select, List<OutputColumn> outputs) {
        boolean star = outputs.isEmpty() || outputs.stream().anyMatch(OutputColumn::star);
        if (star || !joinsNothing(phrase, select)) {
            return false;
        }
        Token anchor = phrase.at(select);
        List<Token> items = new ArrayList<>();
        for (OutputColumn column : outputs) {
            String name = column.name() == null ? "" : column.name();
            items.addAll(Template.fill(
                    anchor, items.isEmpty() ? " NULL AS $1" : ", NULL AS $1", Template.name(anchor, name)));
        }
        phrase.replace(0, phrase.size(), Template.fill(anchor, "SELECT $1 WHERE 0", items));
        return true;
    }

    /** Whether an empty table stands first in FROM or after one of its commas: not behind a LEFT JOIN. */
    private static boolean joinsNothing(Phrase phrase, int select) {
        int from = phrase.find(select, "from");
        for (int i = from; from >= 0 && i < phrase.size() && !phrase.isWord(i, "where"); i++) {
            boolean required = i == from || phrase.is(i, TokenType.COMMA);
            if (required && CatalogTables.alwaysEmpty(phrase.at(i + 1).text())) {
                return true;
            }
            if (phrase.is(i, TokenType.OPEN)) {
                i = phrase.closing(i);
            }
        }
        return false;
    }
}
