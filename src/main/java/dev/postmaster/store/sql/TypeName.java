package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.DeclaredType;
import dev.postmaster.store.type.PgType;
import org.jspecify.annotations.Nullable;

/**
 * A type as it stands in a statement.
 *
 * @param type null for a type we do not know
 * @param name its words, one blank apart, without modifiers
 * @param arguments what stands in its parentheses; empty for none
 * @param array whether it is an array of the type
 * @param end the first token after it
 */
record TypeName(@Nullable PgType type, String name, String arguments, boolean array, int end) {

    /** Reads the type that starts at a token. */
    static TypeName read(Phrase phrase, int start) {
        if (!phrase.at(start).isName()) {
            throw phrase.syntaxError(start);
        }
        int at = phrase.isWord(start, "pg_catalog") ? start + 2 : start;
        StringBuilder name = new StringBuilder(phrase.at(at).text());
        boolean quoted = phrase.is(at, TokenType.NAME);
        at++;
        while (!quoted && continues(name, phrase.at(at))) {
            name.append(' ').append(phrase.at(at++).text());
        }
        String arguments = "";
        if (phrase.is(at, TokenType.OPEN)) {
            int close = phrase.closing(at);
            arguments = arguments(phrase, at, close);
            at = close + 1;
        }
        if (zoneFollows(phrase, at, name)) {
            name.append(' ').append(phrase.at(at).text()).append(" time zone");
            at += 3;
        }
        int end = brackets(phrase, at);
        String words = name.toString();
        PgType type = quoted && words.equals("char") ? PgType.CHAR : PgType.named(words);
        return new TypeName(type, words, arguments, end > at, end);
    }

    /** The type, or 42704 when nobody knows it. */
    PgType known(Phrase phrase, int start) {
        if (type == null) {
            throw phrase.error(start, SqlState.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
        }
        return type;
    }

    int modifier() {
        return type == null ? -1 : DeclaredType.modifier(type, arguments);
    }

    private static boolean continues(CharSequence name, Token next) {
        return switch (name.toString()) {
            case "double" -> next.isWord("precision");
            case "character", "char", "national character", "national char", "nchar", "bit" -> next.isWord("varying");
            case "national" -> next.isWord("character") || next.isWord("char");
            default -> false;
        };
    }

    private static boolean zoneFollows(Phrase phrase, int at, CharSequence name) {
        boolean timed = name.toString().equals("time") || name.toString().equals("timestamp");
        return timed && (phrase.areWords(at, "with", "time", "zone") || phrase.areWords(at, "without", "time", "zone"));
    }

    private static String arguments(Phrase phrase, int open, int close) {
        StringBuilder text = new StringBuilder();
        for (int i = open + 1; i < close; i++) {
            text.append(phrase.at(i).text());
        }
        return text.toString();
    }

    private static int brackets(Phrase phrase, int start) {
        int at = start;
        while (phrase.isOperator(at, "[")) {
            at++;
            while (!phrase.isOperator(at, "]")) {
                if (phrase.is(at, TokenType.END)) {
                    throw phrase.syntaxError(at);
                }
                at++;
            }
            at++;
        }
        return at;
    }
}
