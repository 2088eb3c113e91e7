package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** CREATE and DROP. */
final class Definitions {
    private static final Set<String> TEMPORARY = Set.of("temp", "temporary");

    /** Virtual tables that keep their data inside the database. */
    private static final Set<String> SAFE_MODULES = Set.of("fts5", "rtree", "rtree_i32");

    private Definitions() {}

    static Translation create(Phrase phrase) {
        if (RoleWords.concerns(phrase)) {
            return RoleWords.translate(phrase);
        }
        NameRules.apply(phrase);
        int at = 1;
        boolean replace = phrase.areWords(at, "or", "replace");
        if (replace) {
            phrase.remove(at, at + 2);
        }
        while (phrase.isWord(at, "global") || phrase.isWord(at, "local") || phrase.isWord(at, "unlogged")) {
            phrase.remove(at, at + 1);
        }
        at = phrase.isOneOf(at, TEMPORARY) ? at + 1 : at;
        String what = phrase.at(at).text();
        return switch (what) {
            case "table" -> CreateTable.translate(phrase, at);
            case "unique", "index" -> index(phrase);
            case "view" -> view(phrase, at, replace);
            case "trigger" -> trigger(phrase, at, replace);
            case "virtual" -> virtualTable(phrase, at);
            case "database" -> DatabaseWords.create(phrase);
            default -> throw notSupported(phrase, "CREATE", at);
        };
    }

    static Translation drop(Phrase phrase) {
        if (RoleWords.concerns(phrase)) {
            return RoleWords.translate(phrase);
        }
        NameRules.apply(phrase);
        String what = phrase.at(1).text();
        return switch (what) {
            case "table", "view", "index" -> dropNamed(phrase, what);
            case "trigger" -> dropTrigger(phrase);
            case "database" -> DatabaseWords.drop(phrase);
            default -> throw notSupported(phrase, "DROP", 1);
        };
    }

    private static ReportException notSupported(Phrase phrase, String verb, int at) {
        if (!phrase.is(at, TokenType.WORD)) {
            return phrase.syntaxError(at);
        }
        return Dialect.unsupported(phrase, 0, verb + ' ' + phrase.at(at).text().toUpperCase(Locale.ROOT));
    }

    /** {@code CREATE [UNIQUE] INDEX [CONCURRENTLY] [IF NOT EXISTS] [name] ON t USING btree (…)}. */
    private static Translation index(Phrase phrase) {
        int at = phrase.isWord(1, "unique") ? 3 : 2;
        if (phrase.isWord(at, "concurrently")) {
            phrase.remove(at, at + 1);
        }
        int using = phrase.find(at, "using");
        if (using > 0) {
            if (!phrase.isWord(using + 1, "btree")) {
                throw phrase.error(
                        using + 1,
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "access method \"" + phrase.at(using + 1).text() + "\" is not supported");
            }
            phrase.remove(using, using + 2);
        }
        if (phrase.isWord(at, "on")) {
            phrase.replace(
                    at,
                    at,
                    Template.fill(phrase.at(at), " $1", Template.name(phrase.at(at), indexName(phrase, at + 1))));
        }
        ExpressionRules.apply(phrase, true);
        return Translation.utility(new Kind.Utility(true), "CREATE INDEX", SqliteText.of(phrase));
    }

    /** PostgreSQL's name for an index without one: table, columns or functions, idx. */
    private static String indexName(Phrase phrase, int table) {
        StringBuilder name = new StringBuilder(phrase.at(table).text());
        if (phrase.is(table + 1, TokenType.OPEN)) {
            for (List<Token> part : phrase.parts(table + 1)) {
                boolean column = part.getFirst().isName()
                        && (part.size() == 1 || part.get(1).isName());
                name.append('_').append(column ? part.getFirst().text() : "expr");
            }
        }
        return name.append("_idx").toString();
    }

    private static Translation view(Phrase phrase, int at, boolean replace) {
        List<SqliteText> parts = new ArrayList<>();
        int name = phrase.areWords(at + 1, "if", "not", "exists") ? at + 4 : at + 1;
        if (replace) {
            parts.add(SqliteText.of(phrase, "DROP VIEW IF EXISTS $1", name, name + 1));
        }
        ExpressionRules.apply(phrase, false);
        parts.add(new SqliteText(phrase));
        return Translation.utility(new Kind.Utility(true), "CREATE VIEW", parts);
    }

    private static Translation trigger(Phrase phrase, int at, boolean replace) {
        List<SqliteText> parts = new ArrayList<>();
        if (replace) {
            parts.add(SqliteText.of(phrase, "DROP TRIGGER IF EXISTS $1", at + 1, at + 2));
        }
        ExpressionRules.apply(phrase, false);
        parts.add(new SqliteText(phrase));
        return Translation.utility(new Kind.Utility(true), "CREATE TRIGGER", parts);
    }

    private static Translation virtualTable(Phrase phrase, int at) {
        int using = phrase.find(at, "using");
        if (using < 0 || !SAFE_MODULES.contains(phrase.at(using + 1).text())) {
            throw phrase.error(at, SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for this kind of virtual table");
        }
        return Translation.utility(new Kind.Utility(true), "CREATE TABLE", SqliteText.of(phrase));
    }

    /** {@code DROP TABLE a, b CASCADE}: SQLite drops one at a time and knows no CASCADE. */
    private static Translation dropNamed(Phrase phrase, String what) {
        int at = phrase.isWord(2, "concurrently") ? 3 : 2;
        boolean ifExists = phrase.areWords(at, "if", "exists");
        at = ifExists ? at + 2 : at;
        String drop = "DROP " + what + (ifExists ? " IF EXISTS $1" : " $1");
        List<SqliteText> parts = new ArrayList<>();
        int end = phrase.size();
        if (phrase.isWord(end - 1, "cascade") || phrase.isWord(end - 1, "restrict")) {
            end--;
        }
        while (at < end) {
            requireName(phrase, at);
            int partEnd = phrase.partEnd(at, end);
            parts.add(SqliteText.of(phrase, drop, at, partEnd));
            at = partEnd + 1;
        }
        requireName(phrase, at - 2);
        return Translation.utility(new Kind.Utility(true), "DROP " + what.toUpperCase(Locale.ROOT), parts);
    }

    private static Translation dropTrigger(Phrase phrase) {
        int name = phrase.areWords(2, "if", "exists") ? 4 : 2;
        requireName(phrase, name);
        String drop = name == 4 ? "DROP TRIGGER IF EXISTS $1" : "DROP TRIGGER $1";
        SqliteText part = SqliteText.of(phrase, drop, name, name + 1);
        return Translation.utility(new Kind.Utility(true), "DROP TRIGGER", List.of(part));
    }

    private static void requireName(Phrase phrase, int index) {
        if (!phrase.at(index).isName()) {
            throw phrase.syntaxError(index);
        }
    }
}
