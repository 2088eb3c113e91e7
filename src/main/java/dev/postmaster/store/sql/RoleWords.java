package dev.postmaster.store.sql;

import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.auth.role.RoleSpec;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** CREATE, ALTER and DROP ROLE, which are USER and GROUP too. */
final class RoleWords {
    private static final Set<String> ROLE = Set.of("role", "user", "group");

    private RoleWords() {}

    /** Whether a statement that begins with CREATE, ALTER or DROP is about roles. */
    static boolean concerns(Phrase phrase) {
        return phrase.isOneOf(1, ROLE) && !phrase.areWords(1, "user", "mapping");
    }

    static Translation translate(Phrase phrase) {
        WordReader words = new WordReader(phrase, 2);
        String verb = phrase.at(0).text();
        return switch (verb) {
            case "create" -> create(words, phrase.isWord(1, "user"));
            case "drop" -> drop(words);
            default -> alter(words);
        };
    }

    static Translation done(RoleCommand command) {
        return Translation.without(new Kind.Roles(command), command.tag());
    }

    private static Translation create(WordReader words, boolean login) {
        int start = words.at();
        RoleSpec role = words.role();
        if (!(role instanceof RoleSpec.Named(String name))) {
            String word = words.phrase().at(start).text();
            throw role instanceof RoleSpec.Everybody
                    ? words.phrase().error(start, SqlState.RESERVED_NAME, "role name \"public\" is reserved")
                    : words.phrase()
                            .error(
                                    start,
                                    SqlState.RESERVED_NAME,
                                    word.toUpperCase(Locale.ROOT) + " cannot be used as a role name here");
        }
        return done(new RoleCommand.Create(name, new RoleOptionWords(words, true).read(login)));
    }

    private static Translation drop(WordReader words) {
        boolean ifExists = words.accept("if", "exists");
        List<RoleSpec> roles = new ArrayList<>();
        do {
            roles.add(words.role());
        } while (words.acceptComma());
        words.requireEnd();
        return done(new RoleCommand.Drop(roles, ifExists));
    }

    private static Translation alter(WordReader words) {
        if (words.sees("all")) {
            throw Dialect.unsupported(words.phrase(), words.at(), "ALTER ROLE ALL");
        }
        RoleSpec role = words.role();
        if (words.accept("rename", "to")) {
            if (!(role instanceof RoleSpec.Named(String name))) {
                throw words.phrase().syntaxError(2);
            }
            String newName = words.name();
            words.requireEnd();
            return done(new RoleCommand.Rename(name, newName));
        }
        if (words.sees("in", "database")) {
            throw Dialect.unsupported(words.phrase(), words.at(), "ALTER ROLE IN DATABASE");
        }
        if (words.accept("set")) {
            return done(set(words, role));
        }
        if (words.accept("reset")) {
            return done(reset(words, role));
        }
        if (words.sees("add", "user") || words.sees("drop", "user")) {
            return done(group(words, role));
        }
        return done(new RoleCommand.Alter(role, new RoleOptionWords(words, false).read(false)));
    }

    private static RoleCommand set(WordReader words, RoleSpec role) {
        Kind.Set set = SettingWords.assignment(words.phrase(), words.at());
        String value = set.values().isEmpty() ? null : String.join(", ", set.values());
        return new RoleCommand.Configure(role, set.name().toLowerCase(Locale.ROOT), value);
    }

    private static RoleCommand reset(WordReader words, RoleSpec role) {
        String name = SettingWords.nameOfSetting(words.phrase(), words.at());
        return new RoleCommand.Configure(role, name.equals("all") ? null : name, null);
    }

    /** ALTER GROUP … ADD USER, which is GRANT, and DROP USER. */
    private static RoleCommand group(WordReader words, RoleSpec group) {
        boolean revoke = words.accept("drop");
        words.accept("add");
        words.expect("user");
        List<RoleSpec> members = words.roles();
        words.requireEnd();
        if (!(group instanceof RoleSpec.Named(String name))) {
            throw words.phrase().syntaxError(2);
        }
        return new RoleCommand.Member(List.of(name), members, revoke, false);
    }
}
