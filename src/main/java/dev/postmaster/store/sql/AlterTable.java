package dev.postmaster.store.sql;

import java.util.List;
import java.util.Locale;

/** ALTER TABLE as far as SQLite alters tables; keys added later become unique indexes. */
final class AlterTable {
    private AlterTable() {}

    static Translation translate(Phrase phrase) {
        if (!phrase.isWord(1, "table")) {
            throw phrase.is(1, TokenType.WORD)
                    ? Dialect.unsupported(
                            phrase, 0, "ALTER " + phrase.at(1).text().toUpperCase(Locale.ROOT))
                    : phrase.syntaxError(1);
        }
        NameRules.apply(phrase);
        if (phrase.isWord(2, "only")) {
            phrase.remove(2, 3);
        }
        if (!phrase.at(2).isName() || phrase.areWords(2, "if", "exists")) {
            throw phrase.syntaxError(2);
        }
        if (phrase.partEnd(3, phrase.size()) < phrase.size()) {
            throw Dialect.unsupported(phrase, 0, "ALTER TABLE with several actions");
        }
        List<SqliteText> parts = phrase.isWord(3, "add") ? add(phrase) : SqliteText.of(other(phrase));
        return Translation.utility(new Kind.Utility(true), "ALTER TABLE", parts);
    }

    private static Phrase other(Phrase phrase) {
        if (!phrase.isWord(3, "rename") && !phrase.isWord(3, "drop")) {
            throw Dialect.unsupported(
                    phrase, 3, "ALTER TABLE " + phrase.at(3).text().toUpperCase(Locale.ROOT));
        }
        int last = phrase.size() - 1;
        if (phrase.isWord(last, "cascade") || phrase.isWord(last, "restrict")) {
            phrase.remove(last, last + 1);
        }
        return phrase;
    }

    private static List<SqliteText> add(Phrase phrase) {
        int what = phrase.isWord(4, "constraint") ? 6 : 4;
        if (phrase.areWords(what, "primary", "key")) {
            return List.of(uniqueIndex(phrase, what + 2, "pkey"));
        }
        if (phrase.isWord(what, "unique") && phrase.is(what + 1, TokenType.OPEN)) {
            return List.of(uniqueIndex(phrase, what + 1, "key"));
        }
        if (what == 6 || phrase.isWord(4, "foreign") || phrase.isWord(4, "check")) {
            throw Dialect.unsupported(phrase, 4, "ALTER TABLE ADD of this constraint");
        }
        int column = phrase.isWord(4, "column") ? 5 : 4;
        new ColumnDefinition(phrase, column, phrase.size()).rewrite(false, false);
        ExpressionRules.apply(phrase, true);
        return SqliteText.of(phrase);
    }

    private static SqliteText uniqueIndex(Phrase phrase, int columns, String suffix) {
        Token table = phrase.at(2);
        StringBuilder name = new StringBuilder(table.text());
        if (!suffix.equals("pkey")) {
            phrase.parts(columns)
                    .forEach(part -> name.append('_').append(part.getFirst().text()));
        }
        List<Token> index =
                phrase.isWord(4, "constraint") ? List.of(phrase.at(5)) : Template.name(table, name + "_" + suffix);
        return new SqliteText(phrase.with(Template.fill(
                phrase.at(0),
                "CREATE UNIQUE INDEX $1 ON $2 $3",
                index,
                List.of(table),
                phrase.tokens(columns, phrase.closing(columns) + 1))));
    }
}
