package dev.postmaster.store.sql;

import java.util.StringJoiner;

/** Finds the CHECK constraints in the text of a CREATE TABLE; SQLite has no other way to tell them. */
public final class TableChecks {
    private TableChecks() {}

    /** A JSON array with a name and a condition for each; unnamed ones get PostgreSQL's name for them. */
    public static String json(String table, String createTable) {
        Phrase phrase = Phrase.of(createTable);
        StringJoiner checks = new StringJoiner(",", "[", "]");
        int unnamed = 0;
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.isWord(i, "check") && phrase.is(i + 1, TokenType.OPEN)) {
                int close = phrase.closing(i + 1);
                boolean named = phrase.isWord(i - 2, "constraint");
                String name = named ? phrase.at(i - 1).text() : table + "_check" + (unnamed == 0 ? "" : unnamed);
                unnamed += named ? 0 : 1;
                String condition = createTable.substring(
                        phrase.at(i + 2).start(), phrase.at(close).start());
                checks.add("{\"name\":" + quote(name) + ",\"check\":" + quote(condition) + "}");
                i = close;
            }
        }
        return checks.toString();
    }

    private static String quote(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", " ")
                        .replace("\t", " ")
                + '"';
    }
}
