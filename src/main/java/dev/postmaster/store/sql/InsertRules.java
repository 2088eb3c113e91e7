package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;

/** What is special to INSERT, UPDATE and DELETE. */
final class InsertRules {
    private InsertRules() {}

    static void apply(Phrase phrase, int verb) {
        dropOnly(phrase, verb);
        dropOverriding(phrase, verb);
        if (phrase.isWord(verb, "insert")) {
            int values = phrase.find(verb, "values");
            if (values > 0 && phrase.is(values + 1, TokenType.OPEN)) {
                defaults(phrase, values);
            }
        }
    }

    /** {@code UPDATE ONLY t}: nothing inherits here. */
    private static void dropOnly(Phrase phrase, int verb) {
        int only = phrase.isWord(verb + 1, "from") ? verb + 2 : verb + 1;
        if (phrase.isWord(only, "only") && phrase.at(only + 1).isName()) {
            phrase.remove(only, only + 1);
        }
    }

    private static void dropOverriding(Phrase phrase, int verb) {
        int overriding = phrase.find(verb, "overriding");
        if (overriding > 0 && phrase.isWord(overriding + 2, "value")) {
            phrase.remove(overriding, overriding + 3);
        }
    }

    /** {@code VALUES (1, DEFAULT)}: SQLite gives a default to a column that is not named at all. */
    private static void defaults(Phrase phrase, int values) {
        List<List<Token>> items = phrase.parts(values + 1);
        if (items.stream().noneMatch(InsertRules::isDefault)) {
            return;
        }
        int end = phrase.closing(values + 1) + 1;
        if (!phrase.is(values - 1, TokenType.CLOSE) || phrase.is(end, TokenType.COMMA)) {
            throw Dialect.unsupported(phrase, values, "DEFAULT without named columns or in several rows");
        }
        int list = phrase.opening(values - 1);
        List<List<Token>> columns = phrase.parts(list);
        if (columns.size() != items.size()) {
            throw phrase.error(
                    values,
                    SqlState.SYNTAX_ERROR,
                    "INSERT has " + (columns.size() < items.size() ? "more" : "fewer")
                            + " expressions than target columns");
        }
        phrase.replace(list, end, withoutDefaults(phrase.at(list), columns, items));
    }

    private static List<Token> withoutDefaults(Token anchor, List<List<Token>> columns, List<List<Token>> items) {
        List<Token> names = new ArrayList<>();
        List<Token> kept = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!isDefault(items.get(i))) {
                String next = names.isEmpty() ? "$1" : ", $1";
                names.addAll(Template.fill(anchor, next, columns.get(i)));
                kept.addAll(Template.fill(anchor, next, items.get(i)));
            }
        }
        return names.isEmpty()
                ? Template.fill(anchor, " DEFAULT VALUES")
                : Template.fill(anchor, " ($1) VALUES ($2)", names, kept);
    }

    private static boolean isDefault(List<Token> item) {
        return item.size() == 1 && item.getFirst().isWord("default");
    }
}
