package dev.postmaster.store.sql;

import dev.postmaster.store.catalog.CatalogTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Catalog tables become common table expressions before the statement that names them. */
final class CatalogRules {
    private static final Set<String> STARTS =
            Set.of("select", "with", "values", "insert", "update", "delete", "replace");

    private CatalogRules() {}

    /** Whether a statement names a catalog table. */
    static boolean concerns(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.is(i, TokenType.WORD) && CatalogTables.query(phrase.at(i).text()) != null) {
                return true;
            }
        }
        return false;
    }

    static void apply(Phrase phrase) {
        if (!phrase.isOneOf(0, STARTS)) {
            return;
        }
        definitions(phrase);
        Map<String, String> tables = new LinkedHashMap<>();
        collect(phrase, tables);
        if (tables.isEmpty()) {
            return;
        }
        Token anchor = phrase.at(0);
        boolean with = phrase.isWord(0, "with");
        int at = with && phrase.isWord(1, "recursive") ? 2 : with ? 1 : 0;
        StringJoiner definitions = new StringJoiner(", ", with ? " " : "WITH ", with ? "," : "");
        tables.forEach((name, query) -> definitions.add(name + " AS (" + query + ")"));
        // One token carries all of it: no rule is to look inside.
        phrase.replace(at, at, List.of(anchor.as(TokenType.WORD, definitions.toString())));
        phrase.set(at + 1, phrase.at(at + 1).withGap(true));
    }

    /** Functions that look something up by an OID become subqueries. */
    private static void definitions(Phrase phrase) {
        for (int i = phrase.size() - 1; i >= 0; i--) {
            if (phrase.is(i, TokenType.WORD) && phrase.is(i + 1, TokenType.OPEN)) {
                switch (phrase.at(i).text()) {
                    case "pg_get_constraintdef" -> lookUp(phrase, i, "_pg_constraint_def", false);
                    case "pg_get_viewdef" -> lookUp(phrase, i, "_pg_view_def", false);
                    case "pg_get_indexdef" -> lookUp(phrase, i, "_pg_index_def", true);
                    default -> {}
                }
            }
        }
    }

    private static void lookUp(Phrase phrase, int i, String table, boolean byColumn) {
        Token anchor = phrase.at(i);
        List<List<Token>> arguments = phrase.parts(i + 1);
        List<Token> column = arguments.size() > 1 ? arguments.get(1) : Template.fill(anchor, "0");
        String query = " (SELECT _def FROM " + table + " WHERE _oid = $1" + (byColumn ? " AND _column = $2)" : ")");
        List<Token> made = Template.fill(anchor, query, arguments.getFirst(), column);
        phrase.replace(i, phrase.closing(i + 1) + 1, made);
    }

    /** The tables a statement names, and the tables those are made of. */
    private static void collect(Phrase phrase, Map<String, String> tables) {
        for (int i = 0; i < phrase.size(); i++) {
            String name = phrase.at(i).text();
            if (phrase.is(i, TokenType.WORD) && !phrase.is(i + 1, TokenType.OPEN) && !tables.containsKey(name)) {
                String query = CatalogTables.query(name);
                if (query != null) {
                    tables.put(name, query);
                    collect(Phrase.of(query), tables);
                }
            }
        }
    }
}
