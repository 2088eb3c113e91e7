package dev.postmaster.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a SELECT: LIMIT, OFFSET and FETCH in any order, and locking clauses. */
final class LimitRules {
    private final Phrase phrase;
    private @Nullable List<Token> limit;
    private @Nullable List<Token> offset;

    private LimitRules(Phrase phrase) {
        this.phrase = phrase;
    }

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            if (startsLock(phrase, i)) {
                phrase.remove(i, lockEnd(phrase, i));
                i--;
            } else if (startsLimit(phrase, i)) {
                i = new LimitRules(phrase).rewrite(i);
            }
        }
    }

    private static boolean startsLimit(Phrase phrase, int i) {
        boolean fetch = phrase.isWord(i, "fetch") && (phrase.isWord(i + 1, "first") || phrase.isWord(i + 1, "next"));
        boolean word = phrase.isWord(i, "limit") || phrase.isWord(i, "offset") || fetch;
        boolean named =
                phrase.is(i - 1, TokenType.DOT) || phrase.isWord(i - 1, "as") || phrase.is(i - 1, TokenType.COMMA);
        return word && !named && i > 0 && !phrase.isWord(i - 1, "select");
    }

    /** {@code FOR UPDATE} and its kin: SQLite locks the whole database at the first write. */
    private static boolean startsLock(Phrase phrase, int i) {
        return phrase.isWord(i, "for")
                && (phrase.isWord(i + 1, "update")
                        || phrase.isWord(i + 1, "share")
                        || phrase.areWords(i + 1, "no", "key")
                        || phrase.areWords(i + 1, "key", "share"));
    }

    private static int lockEnd(Phrase phrase, int start) {
        int end = start + 1;
        while (end < phrase.size()
                && !phrase.is(end, TokenType.CLOSE)
                && !startsLimit(phrase, end)
                && !phrase.isWord(end, "for")) {
            end++;
        }
        return end;
    }

    /** Rewrites the clauses that start here to LIMIT … OFFSET …; answers the last token of them. */
    private int rewrite(int start) {
        int end = start;
        while (startsLimit(phrase, end) || (end > start && isClause(end))) {
            end = clause(end);
        }
        Token anchor = phrase.at(start);
        List<Token> all = Template.fill(anchor, "-1");
        List<Token> rows = limit == null ? all : integer(limit);
        List<Token> made = List.of();
        if (offset != null) {
            made = Template.fill(anchor, " LIMIT $1 OFFSET $2", rows, integer(offset));
        } else if (limit != null) {
            made = Template.fill(anchor, " LIMIT $1", rows);
        }
        phrase.replace(start, end, made);
        return start + made.size() - 1;
    }

    private boolean isClause(int i) {
        return phrase.isWord(i, "limit") || phrase.isWord(i, "offset") || phrase.isWord(i, "fetch");
    }

    private int clause(int start) {
        if (phrase.isWord(start, "fetch")) {
            return fetch(start);
        }
        int end = Words.operandEnd(phrase, start);
        List<Token> value = phrase.tokens(start + 1, end);
        if (phrase.isWord(start, "limit")) {
            boolean all = phrase.isWord(start + 1, "all") || phrase.isWord(start + 1, "null");
            limit = all ? null : value;
            return all ? start + 2 : end;
        }
        boolean rows = end - start > 2 && (phrase.isWord(end - 1, "rows") || phrase.isWord(end - 1, "row"));
        offset = rows ? value.subList(0, value.size() - 1) : value;
        return end;
    }

    /** {@code FETCH FIRST n ROWS ONLY}. */
    private int fetch(int start) {
        int rows = start + 2;
        while (!phrase.isWord(rows, "rows") && !phrase.isWord(rows, "row")) {
            if (rows >= phrase.size()) {
                throw phrase.syntaxError(rows);
            }
            rows++;
        }
        limit = rows == start + 2 ? Template.fill(phrase.at(start), "1") : phrase.tokens(start + 2, rows);
        if (!phrase.isWord(rows + 1, "only")) {
            throw phrase.syntaxError(rows + 1);
        }
        return rows + 2;
    }

    /** A parameter may come as text, which SQLite does not count with. */
    private static List<Token> integer(List<Token> value) {
        if (value.size() != 1 || value.getFirst().type() != TokenType.PARAMETER) {
            return value;
        }
        return Template.fill(value.getFirst(), "CAST($1 AS INTEGER)", value);
    }
}
