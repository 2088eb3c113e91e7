package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.List;
import java.util.Set;

/**
 * Functions that return rows: {@code generate_series(from, to, step)} is a recursive query, which SQLite runs row by row,
 * and {@code unnest(list)} looks into the list's text.
 */
final class SeriesRules {
    private static final String FUNCTION = "generate_series";

    private static final String UNNEST = "unnest";

    private static final String BY_ONE = """
            WITH RECURSIVE _series(n, last) AS (
              SELECT * FROM (SELECT $1 AS n, $2 AS last) WHERE n <= last
              UNION ALL SELECT n + 1, last FROM _series WHERE n < last)
            SELECT n AS $4 FROM _series""";

    private static final String STEPPED = """
            WITH RECURSIVE _series(n, last, step) AS (
              SELECT * FROM (SELECT $1 AS n, $2 AS last, $3 AS step) WHERE n <= last AND step > 0 OR n >= last AND step < 0
              UNION ALL SELECT n + step, last, step FROM _series
                WHERE n + step <= last AND step > 0 OR n + step >= last AND step < 0)
            SELECT n AS $4 FROM _series""";

    private static final Set<String> CLAUSES = Words.set("select from join where group having order limit set values");

    private static final Set<String> AFTER_SELECT_LIST =
            Words.set("where group having order limit offset fetch union except intersect window");

    private SeriesRules() {}

    static void apply(Phrase phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            boolean rows = phrase.isWord(i, FUNCTION) || phrase.isWord(i, UNNEST);
            if (rows && phrase.is(i + 1, TokenType.OPEN)) {
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
        String table = aliased ? phrase.at(alias).text() : phrase.at(i).text();
        String column = table;
        if (aliased) {
            end = alias + 1;
            if (phrase.is(end, TokenType.OPEN)) {
                column = phrase.at(end + 1).text();
                end = phrase.closing(end) + 1;
            }
        }
        phrase.replace(i, end, rows(phrase, i, arguments, column, table));
    }

    /** {@code SELECT generate_series(1, 9)}: the series becomes a table to select from. */
    private static void inSelectList(Phrase phrase, int i) {
        Token anchor = phrase.at(i);
        int close = phrase.closing(i + 1);
        List<Token> source = rows(phrase, i, phrase.parts(i + 1), anchor.text(), "_series");
        phrase.replace(i, close + 1, Template.fill(anchor, " _series." + anchor.text()));
        int end = i + 3;
        while (end < phrase.size() && !phrase.is(end, TokenType.CLOSE)) {
            if (phrase.isWord(end, "from")) {
                phrase.replace(end + 1, end + 1, Template.fill(anchor, "$1,", source));
                return;
            }
            if (phrase.isOneOf(end, AFTER_SELECT_LIST)) {
                break;
            }
            end = phrase.is(end, TokenType.OPEN) ? phrase.closing(end) + 1 : end + 1;
        }
        phrase.replace(end, end, Template.fill(anchor, " FROM $1", source));
    }

    private static List<Token> rows(Phrase phrase, int i, List<List<Token>> arguments, String column, String table) {
        Token anchor = phrase.at(i);
        List<Token> name = Template.name(anchor, column);
        List<Token> query = anchor.isWord(UNNEST)
                ? Template.fill(
                        anchor, "SELECT value AS $2 FROM json_each(pg_array_json($1))", arguments.getFirst(), name)
                : series(phrase, i, arguments, name);
        return Template.fill(anchor, " ($1) AS $2", query, Template.name(anchor, table));
    }

    private static List<Token> series(Phrase phrase, int i, List<List<Token>> arguments, List<Token> column) {
        Token anchor = phrase.at(i);
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw phrase.error(
                    i,
                    SqlState.UNDEFINED_FUNCTION,
                    "function generate_series does not exist with " + arguments.size() + " arguments");
        }
        boolean stepped = arguments.size() == 3;
        List<Token> step = stepped ? arguments.get(2) : Template.fill(anchor, "1");
        return Template.fill(anchor, stepped ? STEPPED : BY_ONE, arguments.get(0), arguments.get(1), step, column);
    }
}
