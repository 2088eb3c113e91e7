package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.copy.CopyFormat;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** {@code COPY table [(columns)] FROM STDIN} and {@code COPY table|(query) TO STDOUT}, with their options. */
final class CopyWords {
    private static final Set<String> READERS = Words.set("select values table with");
    private static final Set<String> WRITERS = Words.set("insert update delete");

    private final Phrase phrase;

    private CopyWords(Phrase phrase) {
        this.phrase = phrase;
    }

    static Translation translate(Phrase phrase) {
        return Translation.without(new CopyWords(phrase).read(), "COPY");
    }

    private Kind read() {
        if (phrase.is(1, TokenType.OPEN)) {
            int close = phrase.closing(1);
            requireQuery();
            String query = phrase.source(2, close);
            return new Kind.CopyOut(query, format(after(close + 1, "to", "stdout")));
        }
        int nameEnd = nameEnd();
        String table = phrase.source(1, nameEnd);
        int direction = phrase.is(nameEnd, TokenType.OPEN) ? phrase.closing(nameEnd) + 1 : nameEnd;
        requireNames(nameEnd, direction);
        String columns = phrase.source(nameEnd, direction);
        if (phrase.isWord(direction, "to")) {
            String list = columns.isEmpty() ? "*" : columns.substring(1, columns.length() - 1);
            String query = "SELECT " + list + " FROM " + table;
            return new Kind.CopyOut(query, format(after(direction, "to", "stdout")));
        }
        return new Kind.CopyIn(table, columns, format(after(direction, "from", "stdin")));
    }

    /** Only what PostgreSQL's grammar calls preparable gives rows to copy. */
    private void requireQuery() {
        int verb = 2;
        while (phrase.is(verb, TokenType.OPEN)) {
            verb++;
        }
        boolean given = phrase.isOneOf(verb, READERS) || (verb == 2 && phrase.isOneOf(verb, WRITERS));
        if (!given) {
            throw phrase.syntaxError(verb);
        }
    }

    /** A list of names in parentheses, each but once (CopyGetAttnums). */
    private void requireNames(int open, int end) {
        Set<String> seen = new HashSet<>();
        for (int i = open + 1; i < end; i += 2) {
            if (!phrase.at(i).isName()) {
                throw phrase.syntaxError(i);
            }
            if (!seen.add(phrase.at(i).text())) {
                throw phrase.error(
                        i,
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + phrase.at(i).text() + "\" specified more than once");
            }
            if (i + 1 < end - 1 && !phrase.is(i + 1, TokenType.COMMA)) {
                throw phrase.syntaxError(i + 1);
            }
        }
    }

    private int nameEnd() {
        int name = 1;
        while (phrase.at(name).isName() && phrase.is(name + 1, TokenType.DOT)) {
            name += 2;
        }
        if (!phrase.at(name).isName()) {
            throw phrase.syntaxError(name);
        }
        return name + 1;
    }

    /** After the direction: only the client's own ends can be copied from and to. */
    private int after(int index, String direction, String end) {
        if (!phrase.isWord(index, direction)) {
            throw phrase.syntaxError(index);
        }
        boolean program = phrase.isWord(index + 1, "program");
        if (program || phrase.is(index + 1, TokenType.STRING)) {
            String what = program ? "COPY with a program of the server" : "COPY with a file of the server";
            ReportException refusal = Dialect.unsupported(phrase, index + 1, what);
            throw new ReportException(refusal.report().withHint("psql's \\copy reads and writes files of the client."));
        }
        if (!phrase.isWord(index + 1, "stdin") && !phrase.isWord(index + 1, "stdout")) {
            throw phrase.syntaxError(index + 1);
        }
        if (!phrase.isWord(index + 1, end)) {
            throw phrase.error(
                    index + 1,
                    SqlState.SYNTAX_ERROR,
                    "COPY " + direction.toUpperCase(Locale.ROOT) + " needs " + end.toUpperCase(Locale.ROOT));
        }
        return index + 2;
    }

    private CopyFormat format(int options) {
        return new CopyOptions(phrase, options).read();
    }
}
