package dev.postmaster.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls: functions SQLite knows by another name, and arguments with words between them. */
final class FunctionRules {
    private FunctionRules() {}

    static void apply(Phrase phrase) {
        for (int i = phrase.size() - 1; i >= 0; i--) {
            if (phrase.is(i, TokenType.WORD) && phrase.isCall(i) && !phrase.is(i - 1, TokenType.DOT)) {
                rename(phrase, i);
                spread(phrase, i);
            }
        }
    }

    private static void rename(Phrase phrase, int i) {
        String name = sqliteName(phrase.at(i).text());
        if (name != null) {
            phrase.set(i, phrase.at(i).asWord(name));
        }
    }

    private static @Nullable String sqliteName(String name) {
        return switch (name) {
            case "char_length", "character_length" -> "length";
            case "strpos" -> "instr";
            case "btrim" -> "trim";
            case "random" -> "pg_random";
            case "bool_and", "every" -> "min";
            case "bool_or" -> "max";
            case "greatest" -> "pg_greatest";
            case "least" -> "pg_least";
            case "transaction_timestamp" -> "now";
            case "json_build_object", "jsonb_build_object" -> "json_object";
            case "json_build_array", "jsonb_build_array" -> "json_array";
            case "json_agg", "jsonb_agg" -> "json_group_array";
            case "json_object_agg", "jsonb_object_agg" -> "json_group_object";
            case "json_array_length", "jsonb_array_length" -> "json_array_length";
            case "to_json", "to_jsonb" -> "json_quote";
            default -> null;
        };
    }

    private static void spread(Phrase phrase, int i) {
        int close = phrase.closing(i + 1);
        switch (phrase.at(i).text()) {
            case "extract" -> extract(phrase, i, close);
            case "position" -> position(phrase, i, close);
            case "substring" -> substring(phrase, i, close);
            case "trim" -> trim(phrase, i, close);
            default -> {}
        }
    }

    /** {@code extract(year FROM t)} is {@code date_part('year', t)}. */
    private static void extract(Phrase phrase, int i, int close) {
        int from = find(phrase, "from", i + 2, close);
        if (from < 0) {
            throw phrase.syntaxError(close);
        }
        Token field = phrase.at(i + 2);
        replace(phrase, i, "date_part($1, $2)", Template.string(field, field.text()), phrase.tokens(from + 1, close));
    }

    /** {@code position(a IN b)} is {@code instr(b, a)}. */
    private static void position(Phrase phrase, int i, int close) {
        int in = find(phrase, "in", i + 2, close);
        if (in < 0) {
            return;
        }
        replace(phrase, i, "instr($2, $1)", phrase.tokens(i + 2, in), phrase.tokens(in + 1, close));
    }

    /** {@code substring(a FROM b FOR c)} is {@code substring(a, b, c)}. */
    private static void substring(Phrase phrase, int i, int close) {
        comma(phrase, find(phrase, "from", i + 2, close));
        comma(phrase, find(phrase, "for", i + 2, close));
    }

    /** {@code trim(LEADING a FROM b)} is {@code ltrim(b, a)}. */
    private static void trim(Phrase phrase, int i, int close) {
        int from = find(phrase, "from", i + 2, close);
        if (from < 0) {
            return;
        }
        String function =
                phrase.isWord(i + 2, "leading") ? "ltrim" : phrase.isWord(i + 2, "trailing") ? "rtrim" : "trim";
        int first = function.equals("trim") && !phrase.isWord(i + 2, "both") ? i + 2 : i + 3;
        String arguments = first < from ? "($1, $2)" : "($1)";
        replace(phrase, i, function + arguments, phrase.tokens(from + 1, close), phrase.tokens(first, from));
    }

    /** Puts other SQL in the place of a call. */
    @SafeVarargs
    private static void replace(Phrase phrase, int i, String template, List<Token>... arguments) {
        Token call = phrase.at(i);
        phrase.replace(i, phrase.closing(i + 1) + 1, Template.fill(call, template, arguments));
        phrase.set(i, phrase.at(i).withGap(call.gap()));
    }

    private static void comma(Phrase phrase, int word) {
        if (word >= 0) {
            phrase.replace(word, word + 1, Template.fill(phrase.at(word), ","));
        }
    }

    /** A word between the arguments of a call; -1 when it is not there. */
    private static int find(Phrase phrase, String word, int from, int close) {
        for (int i = from; i < close; i++) {
            if (phrase.isWord(i, word)) {
                return i;
            }
            if (phrase.is(i, TokenType.OPEN)) {
                i = phrase.closing(i);
            }
        }
        return -1;
    }
}
