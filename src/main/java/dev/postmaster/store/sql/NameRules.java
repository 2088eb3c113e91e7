package dev.postmaster.store.sql;

import java.util.List;
import java.util.Set;

/** Names: schemas SQLite does not have, collations, and the keywords that are really functions. */
final class NameRules {
    private static final Set<String> OUR_SCHEMAS = Set.of("pg_catalog", "public");

    private NameRules() {}

    static void apply(Phrase phrase) {
        ExpandArrayRules.apply(phrase);
        dropSchemas(phrase);
        LateralRules.apply(phrase);
        unwrapOperators(phrase);
        for (int i = 0; i < phrase.size(); i++) {
            informationSchema(phrase, i);
            collation(phrase, i);
        }
    }

    /** {@code pg_catalog.x} and {@code public.x} are {@code x}. */
    private static void dropSchemas(Phrase phrase) {
        for (int i = 0; i + 2 < phrase.size(); i++) {
            boolean schema =
                    phrase.at(i).isName() && OUR_SCHEMAS.contains(phrase.at(i).text());
            if (schema && phrase.is(i + 1, TokenType.DOT) && !phrase.is(i - 1, TokenType.DOT)) {
                phrase.set(i + 2, phrase.at(i + 2).withGap(phrase.at(i).gap()));
                phrase.remove(i, i + 2);
            }
        }
    }

    /** {@code OPERATOR(~)} is {@code ~}; psql writes operators so. */
    private static void unwrapOperators(Phrase phrase) {
        for (int i = 0; i + 3 < phrase.size(); i++) {
            if (phrase.isWord(i, "operator")
                    && phrase.is(i + 1, TokenType.OPEN)
                    && phrase.is(i + 2, TokenType.OPERATOR)
                    && phrase.is(i + 3, TokenType.CLOSE)) {
                phrase.set(i + 2, phrase.at(i + 2).withGap(true));
                phrase.remove(i + 3, i + 4);
                phrase.remove(i, i + 2);
            }
        }
    }

    /** {@code information_schema.tables} is {@code information_schema_tables}, still known as {@code tables}. */
    private static void informationSchema(Phrase phrase, int i) {
        if (!phrase.isWord(i, "information_schema") || !phrase.is(i + 1, TokenType.DOT)) {
            return;
        }
        Token table = phrase.at(i + 2).withGap(true);
        if (phrase.is(i + 3, TokenType.DOT)) {
            phrase.replace(i, i + 3, List.of(table));
            return;
        }
        boolean aliased = phrase.isWord(i + 3, "as") || (phrase.at(i + 3).isName() && !Words.endsTable(phrase, i + 3));
        phrase.replace(i, i + 3, List.of(table.asWord("information_schema_" + table.text())));
        if (!aliased) {
            phrase.insert(i + 1, " AS " + table.text());
        }
    }

    /** Text sorts by its bytes here whatever the client calls that. */
    private static void collation(Phrase phrase, int i) {
        if (!phrase.isWord(i, "collate")) {
            return;
        }
        switch (phrase.at(i + 1).text()) {
            case "default" -> phrase.remove(i, i + 2);
            case "C", "POSIX", "ucs_basic", "C.UTF-8" ->
                phrase.set(i + 1, phrase.at(i + 1).asWord("BINARY"));
            default -> {}
        }
    }
}
