package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.List;

/**
 * The uses of arrays that clients make on their own. SQLite has none, so an array is its text: {@code x = ANY(list)}
 * and {@code x <> ALL(list)} look into it, {@code list[n]} takes an element, {@code ARRAY(SELECT …)} writes one.
 */
final class ArrayRules {
    private ArrayRules() {}

    static void apply(Phrase phrase) {
        for (int i = phrase.size() - 1; i > 0; i--) {
            boolean any = phrase.isWord(i, "any") || phrase.isWord(i, "some");
            if ((any || phrase.isWord(i, "all"))
                    && phrase.is(i - 1, TokenType.OPERATOR)
                    && phrase.is(i + 1, TokenType.OPEN)) {
                membership(phrase, i, any);
            } else if (phrase.isWord(i, "array") && phrase.is(i + 1, TokenType.OPEN)) {
                collect(phrase, i);
            }
        }
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isOperator(i, "[")) {
                element(phrase, i);
            }
        }
    }

    private static void membership(Phrase phrase, int i, boolean any) {
        boolean equal = phrase.isOperator(i - 1, "=");
        boolean unequal = phrase.isOperator(i - 1, "<>") || phrase.isOperator(i - 1, "!=");
        if (any ? !equal : !unequal) {
            throw Dialect.unsupported(phrase, i - 1, phrase.at(i - 1).text() + " " + phrase.source(i));
        }
        int close = phrase.closing(i + 1);
        String membership = any ? " IN ($1)" : " NOT IN ($1)";
        phrase.replace(i - 1, close + 1, Template.fill(phrase.at(i), membership, list(phrase, i + 2, close)));
    }

    private static List<Token> list(Phrase phrase, int start, int close) {
        if (phrase.isWord(start, "array") && phrase.isOperator(start + 1, "[")) {
            return phrase.tokens(start + 2, bracketEnd(phrase, start + 1));
        }
        List<Token> list = phrase.tokens(start, close);
        return phrase.isWord(start, "select") || phrase.isWord(start, "values")
                ? list
                : Template.fill(phrase.at(start), "SELECT value FROM json_each(pg_array_json($1))", list);
    }

    /** {@code ARRAY(SELECT x FROM …)} is the text of all x. */
    private static void collect(Phrase phrase, int i) {
        int start = i + 3;
        int end = SelectList.listEnd(phrase, i + 2);
        if (!phrase.isWord(i + 2, "select") || phrase.partEnd(start, end) != end) {
            throw Dialect.unsupported(phrase, i, "this form of ARRAY");
        }
        List<Token> item = phrase.tokens(start, end);
        phrase.replace(i, end, Template.fill(phrase.at(i), " (SELECT pg_array_text(json_group_array($1))", item));
    }

    /** {@code list[n]}: vectors count from 0 and arrays from 1, which the function tells by their text. */
    private static void element(Phrase phrase, int open) {
        boolean operand = open > 0 && (phrase.at(open - 1).isName() || phrase.is(open - 1, TokenType.CLOSE));
        if (!operand || phrase.isWord(open - 1, "array")) {
            throw phrase.error(open, SqlState.FEATURE_NOT_SUPPORTED, "arrays are not supported");
        }
        int close = bracketEnd(phrase, open);
        int start = Operand.start(phrase, open - 1);
        List<Token> list = phrase.tokens(start, open);
        List<Token> number = phrase.tokens(open + 1, close);
        phrase.replace(start, close + 1, Template.fill(list.getFirst(), " pg_array_element($1, $2)", list, number));
    }

    private static int bracketEnd(Phrase phrase, int open) {
        int end = open + 1;
        while (!phrase.isOperator(end, "]")) {
            if (phrase.is(end, TokenType.END)) {
                throw phrase.syntaxError(end);
            }
            end = phrase.is(end, TokenType.OPEN) ? phrase.closing(end) + 1 : end + 1;
        }
        return end;
    }
}
