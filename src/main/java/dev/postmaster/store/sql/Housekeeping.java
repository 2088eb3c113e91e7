package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** TRUNCATE, ANALYZE, VACUUM, REINDEX, and the pragmas a client may read. */
final class Housekeeping {
    /** Pragmas whose argument names something to describe. */
    private static final Set<String> DESCRIBING_PRAGMAS =
            Words.set("table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list "
                    + "foreign_key_check integrity_check quick_check");

    /** Pragmas that only tell when they get no argument. */
    private static final Set<String> TELLING_PRAGMAS =
            Words.set("page_count page_size freelist_count user_version application_id schema_version data_version "
                    + "journal_mode encoding compile_options collation_list function_list auto_vacuum foreign_keys");

    private Housekeeping() {}

    static Translation truncate(Phrase phrase) {
        NameRules.apply(phrase);
        int at = phrase.isWord(1, "table") ? 2 : 1;
        List<SqliteText> parts = new ArrayList<>();
        while (at < phrase.size() && !isTruncateOption(phrase, at)) {
            at = phrase.isWord(at, "only") ? at + 1 : at;
            if (!phrase.at(at).isName()) {
                throw phrase.syntaxError(at);
            }
            parts.add(SqliteText.of(phrase, "DELETE FROM $1", at, at + 1));
            at++;
            if (phrase.is(at, TokenType.COMMA)) {
                at++;
            }
        }
        if (parts.isEmpty()) {
            throw phrase.syntaxError(at);
        }
        return Translation.utility(new Kind.Modify(), "TRUNCATE TABLE", parts);
    }

    private static boolean isTruncateOption(Phrase phrase, int at) {
        return phrase.isWord(at + 1, "identity") || phrase.isWord(at, "cascade") || phrase.isWord(at, "restrict");
    }

    static Translation translate(Phrase phrase) {
        String first = phrase.at(0).text();
        return switch (first) {
            case "analyze", "analyse" -> analyze(phrase);
            case "vacuum" -> vacuum(phrase);
            case "reindex" -> reindex(phrase);
            case "pragma" -> pragma(phrase);
            default -> throw phrase.syntaxError(0);
        };
    }

    private static Translation analyze(Phrase phrase) {
        NameRules.apply(phrase);
        int table = skipOptions(phrase, 1);
        return Translation.utility(new Kind.Utility(true), "ANALYZE", List.of(analyze(phrase, table)));
    }

    private static SqliteText analyze(Phrase phrase, int table) {
        return phrase.at(table).isName()
                ? SqliteText.of(phrase, "ANALYZE $1", table, table + 1)
                : SqliteText.of(phrase, "ANALYZE", 0, 0);
    }

    /** Only VACUUM FULL rewrites the file; a plain one gives free pages back, as in PostgreSQL. */
    private static Translation vacuum(Phrase phrase) {
        NameRules.apply(phrase);
        boolean full = phrase.find(1, "full") > 0 || optionOf(phrase, "full");
        boolean analyze = phrase.find(1, "analyze") > 0 || optionOf(phrase, "analyze");
        List<SqliteText> parts = new ArrayList<>();
        parts.add(
                full
                        ? SqliteText.of(phrase, "VACUUM", 0, 0)
                        : SqliteText.of(phrase, "PRAGMA incremental_vacuum", 0, 0));
        if (analyze) {
            parts.add(analyze(phrase, skipOptions(phrase, 1)));
        }
        return Translation.utility(new Kind.Utility(false), "VACUUM", parts);
    }

    private static boolean optionOf(Phrase phrase, String option) {
        int close = phrase.is(1, TokenType.OPEN) ? phrase.closing(1) : 0;
        for (int i = 2; i < close; i++) {
            if (phrase.isWord(i, option)) {
                return true;
            }
        }
        return false;
    }

    private static int skipOptions(Phrase phrase, int start) {
        int at = phrase.is(start, TokenType.OPEN) ? phrase.closing(start) + 1 : start;
        Set<String> options = Set.of("full", "freeze", "verbose", "analyze", "analyse");
        while (phrase.isOneOf(at, options)) {
            at++;
        }
        return at;
    }

    private static Translation reindex(Phrase phrase) {
        NameRules.apply(phrase);
        int at = phrase.is(1, TokenType.OPEN) ? phrase.closing(1) + 1 : 1;
        String what = phrase.at(at).text();
        int name = phrase.isWord(at + 1, "concurrently") ? at + 2 : at + 1;
        SqliteText part =
                switch (what) {
                    case "table", "index" -> SqliteText.of(phrase, "REINDEX $1", name, name + 1);
                    case "database", "schema", "system" -> SqliteText.of(phrase, "REINDEX", 0, 0);
                    default -> throw phrase.syntaxError(at);
                };
        return Translation.utility(new Kind.Utility(true), "REINDEX", List.of(part));
    }

    private static Translation pragma(Phrase phrase) {
        String name = phrase.at(1).text();
        boolean plain = phrase.size() == 2 && TELLING_PRAGMAS.contains(name);
        boolean describing = DESCRIBING_PRAGMAS.contains(name)
                && (phrase.size() == 2 || (phrase.is(2, TokenType.OPEN) && phrase.closing(2) == phrase.size() - 1));
        if (!plain && !describing) {
            throw phrase.error(0, SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for PRAGMA " + name);
        }
        return Translation.utility(new Kind.Query(), "PRAGMA", SqliteText.of(phrase));
    }
}
