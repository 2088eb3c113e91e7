package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.Booleans;
import dev.postmaster.store.type.PgType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What reads or changes rows. */
final class Queries {
    private static final Set<String> VERBS = Set.of("select", "values", "insert", "replace", "update", "delete");

    private Queries() {}

    /** SELECT, VALUES, TABLE, and WITH before anything. */
    static Translation query(Phrase phrase, int[] parameterOids) {
        if (phrase.isWord(0, "table")) {
            phrase.replace(0, 1, Template.fill(phrase.at(0), "SELECT * FROM"));
        }
        int verb = verb(phrase);
        return phrase.isWord(verb, "select") || phrase.isWord(verb, "values")
                ? read(phrase, verb, parameterOids)
                : change(phrase, verb, parameterOids);
    }

    static Translation modify(Phrase phrase, int[] parameterOids) {
        return change(phrase, 0, parameterOids);
    }

    /** {@code (SELECT …)}: SQLite wants no parentheses around a whole statement. */
    static Translation wrapped(Phrase phrase, int[] parameterOids) {
        if (phrase.closing(0) != phrase.size() - 1) {
            throw phrase.error(
                    0, SqlState.FEATURE_NOT_SUPPORTED, "parentheses around a part of UNION are not supported");
        }
        phrase.remove(phrase.size() - 1, phrase.size());
        phrase.remove(0, 1);
        return phrase.is(0, TokenType.OPEN) ? wrapped(phrase, parameterOids) : query(phrase, parameterOids);
    }

    /** EXPLAIN shows SQLite's plan; options that only decorate PostgreSQL's are dropped. */
    static Translation explain(Phrase phrase, int[] parameterOids) {
        int start = phrase.is(1, TokenType.OPEN) ? phrase.closing(1) + 1 : 1;
        for (int i = 1; i < start; i++) {
            refuseAnalyze(phrase, i);
        }
        while (phrase.isWord(start, "verbose") || isAnalyze(phrase, start)) {
            refuseAnalyze(phrase, start);
            start++;
        }
        phrase.remove(0, start);
        if (!phrase.isOneOf(0, VERBS) && !phrase.isWord(0, "with")) {
            throw phrase.syntaxError(0);
        }
        Translation explained = query(phrase, parameterOids);
        phrase.set(0, phrase.at(0).withGap(true));
        phrase.insert(0, "EXPLAIN QUERY PLAN");
        return new Translation(
                new Kind.Query(),
                CommandTag.of("EXPLAIN"),
                SqliteText.of(phrase),
                List.of(new OutputColumn(false, "QUERY PLAN", PgType.TEXT, -1)),
                explained.parameterOids(),
                null,
                true);
    }

    private static boolean isAnalyze(Phrase phrase, int index) {
        return phrase.isWord(index, "analyze") || phrase.isWord(index, "analyse");
    }

    /** It would have to run the statement, and measure it; {@code (ANALYZE off)} asks for neither. */
    private static void refuseAnalyze(Phrase phrase, int index) {
        if (isAnalyze(phrase, index)
                && !Boolean.FALSE.equals(Booleans.of(phrase.at(index + 1).text()))) {
            throw Dialect.unsupported(phrase, index, "EXPLAIN ANALYZE");
        }
    }

    private static Translation read(Phrase phrase, int verb, int[] parameterOids) {
        NameRules.apply(phrase);
        int select = phrase.isWord(0, "with") ? verb(phrase) : verb;
        List<OutputColumn> outputs = phrase.isWord(select, "select") ? SelectList.after(phrase, select) : List.of();
        List<Integer> parameters = ParameterTypes.of(phrase, parameterOids);
        refuseDistinctOn(phrase, select);
        if (!EmptyCatalogRules.apply(phrase, select, outputs)) {
            ExpressionRules.apply(phrase, false);
        }
        return new Translation(
                new Kind.Query(),
                CommandTag.counted("SELECT"),
                SqliteText.of(phrase),
                outputs,
                parameters,
                null,
                false);
    }

    private static Translation change(Phrase phrase, int verb, int[] parameterOids) {
        NameRules.apply(phrase);
        int at = phrase.isWord(0, "with") ? verb(phrase) : verb;
        String word = phrase.at(at).text();
        String target = target(phrase, at);
        int returning = phrase.find(at, "returning");
        List<OutputColumn> outputs = returning < 0 ? List.of() : SelectList.after(phrase, returning);
        List<Integer> parameters = ParameterTypes.of(phrase, parameterOids);
        InsertRules.apply(phrase, at);
        ExpressionRules.apply(phrase, false);
        boolean insert = word.equals("insert") || word.equals("replace");
        String tag = insert ? "INSERT 0" : word.toUpperCase(Locale.ROOT);
        return new Translation(
                new Kind.Modify(), CommandTag.counted(tag), SqliteText.of(phrase), outputs, parameters, target, false);
    }

    /** The first word of the statement proper, after a WITH. */
    private static int verb(Phrase phrase) {
        if (!phrase.isWord(0, "with")) {
            return 0;
        }
        for (int i = 1; i < phrase.size(); i++) {
            if (phrase.is(i, TokenType.OPEN)) {
                i = phrase.closing(i);
            } else if (phrase.isOneOf(i, VERBS)) {
                return i;
            }
        }
        throw phrase.syntaxError(phrase.size());
    }

    private static void refuseDistinctOn(Phrase phrase, int select) {
        if (phrase.areWords(select + 1, "distinct", "on")) {
            throw Dialect.unsupported(phrase, select + 1, "SELECT DISTINCT ON");
        }
    }

    private static @Nullable String target(Phrase phrase, int verb) {
        for (int i = verb + 1; i < verb + 5; i++) {
            boolean link = phrase.isWord(i, "into")
                    || phrase.isWord(i, "from")
                    || phrase.isWord(i, "or")
                    || phrase.isWord(i - 1, "or")
                    || phrase.isWord(i, "only");
            if (!link && phrase.at(i).isName()) {
                return phrase.at(i).text();
            }
        }
        return null;
    }
}
