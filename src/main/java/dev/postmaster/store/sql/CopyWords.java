package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.copy.CopyFormat;
import java.util.Locale;

/** {@code COPY table [(columns)] FROM STDIN} and {@code COPY table|(query) TO STDOUT}, with their options. */
final class CopyWords {
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
            String query = phrase.source(2, close);
            return new Kind.CopyOut(query, format(after(close + 1, "to", "stdout")));
        }
        int nameEnd = nameEnd();
        String table = phrase.source(1, nameEnd);
        int direction = phrase.is(nameEnd, TokenType.OPEN) ? phrase.closing(nameEnd) + 1 : nameEnd;
        String columns = phrase.source(nameEnd, direction);
        if (phrase.isWord(direction, "to")) {
            String list = columns.isEmpty() ? "*" : columns.substring(1, columns.length() - 1);
            String query = "SELECT " + list + " FROM " + table;
            return new Kind.CopyOut(query, format(after(direction, "to", "stdout")));
        }
        return new Kind.CopyIn(table, columns, format(after(direction, "from", "stdin")));
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
        if (phrase.is(index + 1, TokenType.STRING) || phrase.isWord(index + 1, "program")) {
            ReportException refusal = Dialect.unsupported(phrase, index + 1, "COPY with a file of the server");
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
