package dev.postmaster.store.sql;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.Locale;

/**
 * PostgreSQL's SQL in, SQLite's out. The first word of a statement tells who understands it; expressions everywhere go
 * through the same rules. What SQLite cannot do fails here with 0A000 and its name, what nobody knows with 42601.
 */
public final class Dialect {
    private Dialect() {}

    /** Understands one statement that has no parameters; 42P02 at one that it has. */
    public static Translation translate(String sql) {
        Phrase phrase = Phrase.of(sql);
        for (int i = 0; i < phrase.size() && !phrase.isWord(0, "prepare"); i++) {
            if (phrase.is(i, TokenType.PARAMETER)) {
                throw ParameterTypes.undefined(phrase, i);
            }
        }
        return translate(phrase, new int[0]);
    }

    /**
     * Understands one statement.
     *
     * @param parameterOids the types the client gave; 0 or a missing entry means unknown
     */
    public static Translation translate(String sql, int[] parameterOids) {
        return translate(Phrase.of(sql), parameterOids);
    }

    private static Translation translate(Phrase phrase, int[] parameterOids) {
        while (phrase.size() > 0 && phrase.is(phrase.size() - 1, TokenType.SEMICOLON)) {
            phrase.remove(phrase.size() - 1, phrase.size());
        }
        if (phrase.size() == 0) {
            return Translation.without(new Kind.Empty(), "");
        }
        return switch (phrase.at(0).type()) {
            case WORD -> statement(phrase, parameterOids);
            case OPEN -> Queries.wrapped(phrase, parameterOids);
            default -> throw phrase.syntaxError(0);
        };
    }

    private static Translation statement(Phrase phrase, int[] parameterOids) {
        String first = phrase.at(0).text();
        return switch (first) {
            case "select", "values", "table", "with" -> Queries.query(phrase, parameterOids);
            case "insert", "replace", "update", "delete" -> Queries.modify(phrase, parameterOids);
            case "explain" -> Queries.explain(phrase, parameterOids);
            case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release" ->
                TransactionWords.translate(phrase);
            case "set", "show", "reset", "discard", "deallocate", "checkpoint" -> SettingWords.translate(phrase);
            case "prepare" -> PreparedWords.prepare(phrase);
            case "execute" -> PreparedWords.execute(phrase);
            case "copy" -> CopyWords.translate(phrase);
            case "create" -> Definitions.create(phrase);
            case "drop" -> Definitions.drop(phrase);
            case "alter" -> alter(phrase);
            case "grant", "revoke" -> GrantWords.translate(phrase);
            case "truncate" -> Housekeeping.truncate(phrase);
            case "analyze", "analyse", "vacuum", "reindex", "pragma" -> Housekeeping.translate(phrase);
            case "attach", "detach" ->
                throw phrase.error(0, SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for " + upper(first));
            case "call",
                    "close",
                    "cluster",
                    "comment",
                    "declare",
                    "do",
                    "fetch",
                    "import",
                    "listen",
                    "load",
                    "lock",
                    "merge",
                    "move",
                    "notify",
                    "reassign",
                    "refresh",
                    "security",
                    "unlisten" -> throw unsupported(phrase, 0, upper(first));
            default -> throw phrase.syntaxError(0);
        };
    }

    private static Translation alter(Phrase phrase) {
        if (RoleWords.concerns(phrase)) {
            return RoleWords.translate(phrase);
        }
        return phrase.isWord(1, "database") ? DatabaseWords.alter(phrase) : AlterTable.translate(phrase);
    }

    static ReportException unsupported(Phrase phrase, int index, String what) {
        return phrase.error(index, SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported");
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
