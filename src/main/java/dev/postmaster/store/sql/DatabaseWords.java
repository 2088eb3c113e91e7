package dev.postmaster.store.sql;

import dev.postmaster.auth.role.DatabaseOptions;
import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.auth.role.RoleSpec;
import dev.postmaster.report.SqlState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP DATABASE. */
final class DatabaseWords {
    private final WordReader words;
    private @Nullable RoleSpec owner;
    private @Nullable Integer connectionLimit;
    private @Nullable Boolean allowConnections;

    private DatabaseWords(WordReader words) {
        this.words = words;
    }

    static Translation create(Phrase phrase) {
        WordReader words = new WordReader(phrase, 2);
        String name = words.name();
        DatabaseOptions options = new DatabaseWords(words).options(true);
        return Translation.without(new Kind.CreateDatabase(name, options), "CREATE DATABASE");
    }

    static Translation drop(Phrase phrase) {
        WordReader words = new WordReader(phrase, 2);
        boolean ifExists = words.accept("if", "exists");
        return Translation.without(new Kind.DropDatabase(words.name(), ifExists), "DROP DATABASE");
    }

    static Translation alter(Phrase phrase) {
        WordReader words = new WordReader(phrase, 2);
        String name = words.name();
        DatabaseOptions options = words.accept("owner", "to") ? new DatabaseOptions(words.role(), null, null) : null;
        if (options == null) {
            if (words.ended()) {
                throw phrase.syntaxError(words.at());
            }
            options = new DatabaseWords(words).options(false);
        }
        words.requireEnd();
        return RoleWords.done(new RoleCommand.AlterDatabase(name, options));
    }

    /** Of those that CREATE DATABASE has in PostgreSQL, the ones about files and languages mean nothing here. */
    private DatabaseOptions options(boolean creating) {
        words.accept("with");
        while (!words.ended()) {
            int start = words.at();
            String word = words.word();
            switch (word) {
                case "connection" -> {
                    words.expect("limit");
                    words.acceptOperator("=");
                    connectionLimit = words.number();
                }
                case "allow_connections" -> {
                    words.acceptOperator("=");
                    allowConnections = truth();
                }
                case "owner" -> {
                    requireCreating(creating, start);
                    words.acceptOperator("=");
                    owner = words.accept("default") ? new RoleSpec.Current() : words.role();
                }
                default -> {
                    requireCreating(creating, start);
                    words.acceptOperator("=");
                    words.value();
                }
            }
        }
        return new DatabaseOptions(owner, connectionLimit, allowConnections);
    }

    private void requireCreating(boolean creating, int start) {
        if (!creating) {
            throw Dialect.unsupported(
                    words.phrase(),
                    start,
                    "ALTER DATABASE " + words.phrase().at(start).text().toUpperCase(Locale.ROOT));
        }
    }

    private boolean truth() {
        int start = words.at();
        String value = words.value();
        return switch (value) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default ->
                throw words.phrase().error(start, SqlState.SYNTAX_ERROR, "allow_connections requires a Boolean value");
        };
    }
}
