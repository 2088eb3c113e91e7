package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code generate_series(from, to, step)}: a recursive query, which SQLite runs row by row. */
final class SeriesRules {
    private static final String FUNCTION = "generate_series";

    private static final Set<String> CLAUSES = Words.set("select from join where group having order limit set values");

    private static final Set<String> AFTER_SELECT_LIST =
            Words.set("where group having order limit offset fetch union except intersect window");

    private SeriesRules() {}

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isWord(i, FUNCTION) && phrase.is(i + 1, TokenType.OPEN)) {
                if (clause(phrase, i).equals("select")) {
                    inSelectList(phrase, i);
                } else {
                    inFrom(phrase, i);
                }
            }
        }
    }

    /** The clause a token stands in. */
    private static String clause(Phrase phrase, int index) {
        for (int i = index - 1; i >= 0 && !phrase.is(i, TokenType.OPEN); i--) {
            if (phrase.is(i, TokenType.CLOSE)) {
                i = phrase.opening(i);
            } else if (phrase.isOneOf(i, CLAUSES)) {
                return phrase.at(i).text();
            }
        }
        return "";
    }

    /** {@code FROM generate_series(1, 9) AS g(n)}: an alias alone names the column too. */
    private static void inFrom(Phrase phrase, int i) {
        int end = phrase.closing(i + 1) + 1;
        List<List<Token>> arguments = phrase.parts(i + 1);
        int alias = phrase.isWord(end, "as") ? end + 1 : end;
        boolean aliased = phrase.at(alias).isName() && !Words.endsTable(phrase, alias);
        String table = aliased ? phrase.at(alias).text() : FUNCTION;
        String column = table;
        if (aliased) {
            end = alias + 1;
            if (phrase.is(end, TokenType.OPEN)) {
                column = phrase.at(end + 1).text();
                end = phrase.closing(end) + 1;
            }
        }
        phrase.replace(i, end, series(phrase, i, arguments, column, table));
    }

    /** {@code SELECT generate_series(1, 9)}: the series becomes a table to select from. */
    private static void inSelectList(Phrase phrase, int i) {
        Token anchor = phrase.at(i);
        int close = phrase.closing(i + 1);
        List<Token> source = series(phrase, i, phrase.parts(i + 1), FUNCTION, "_series");
        phrase.replace(i, close + 1, Tokens.of(anchor, "_series", ".", FUNCTION));
        int end = i + 3;
        while (end < phrase.size() && !phrase.is(end, TokenType.CLOSE)) {
            if (phrase.isWord(end, "from")) {
                source.addAll(Tokens.of(anchor, ","));
                phrase.replace(end + 1, end + 1, source);
                return;
            }
            if (phrase.isOneOf(end, AFTER_SELECT_LIST)) {
                break;
            }
            end = phrase.is(end, TokenType.OPEN) ? phrase.closing(end) + 1 : end + 1;
        }
        source.addAll(0, Tokens.of(anchor, "FROM"));
        phrase.replace(end, end, source);
    }

    private static List<Token> series(Phrase phrase, int i, List<List<Token>> parts, String column, String table) {
        Token anchor = phrase.at(i);
        if (parts.size() < 2 || parts.size() > 3) {
            throw phrase.error(
                    i,
                    SqlState.UNDEFINED_FUNCTION,
                    "function generate_series does not exist with " + parts.size() + " arguments");
        }
        boolean stepped = parts.size() == 3;
        List<Token> made =
                new ArrayList<>(Tokens.of(anchor, "(", "WITH", "RECURSIVE", "_series", "(", "n", ",", "last", ","));
        made.addAll(Tokens.of(anchor, "step", ")", "AS", "(", "SELECT", "*", "FROM", "(", "SELECT"));
        made.addAll(parts.get(0));
        made.addAll(Tokens.of(anchor, "AS", "n", ","));
        made.addAll(parts.get(1));
        made.addAll(Tokens.of(anchor, "AS", "last", ","));
        made.addAll(stepped ? parts.get(2) : Tokens.of(anchor, "1"));
        made.addAll(Tokens.of(anchor, "AS", "step", ")", "WHERE"));
        made.addAll(reaches(anchor, stepped, "n"));
        made.addAll(Tokens.of(anchor, "UNION", "ALL", "SELECT", "n", "+", "step", ",", "last", ",", "step"));
        made.addAll(Tokens.of(anchor, "FROM", "_series", "WHERE"));
        made.addAll(reaches(anchor, stepped, "n", "+", "step"));
        made.addAll(Tokens.of(anchor, ")", "SELECT", "n", "AS"));
        made.add(Tokens.name(anchor, column));
        made.addAll(Tokens.of(anchor, "FROM", "_series", ")", "AS"));
        made.add(Tokens.name(anchor, table));
        return made;
    }

    /** The condition for a number to be in the series. */
    private static List<Token> reaches(Token anchor, boolean stepped, String... number) {
        List<Token> made = new ArrayList<>(Tokens.of(anchor, number));
        if (!stepped) {
            made.addAll(Tokens.of(anchor, "<=", "last"));
            return made;
        }
        made.addAll(Tokens.of(anchor, "<=", "last", "AND", "step", ">", "0", "OR"));
        made.addAll(Tokens.of(anchor, number));
        made.addAll(Tokens.of(anchor, ">=", "last", "AND", "step", "<", "0"));
        return made;
    }
}
