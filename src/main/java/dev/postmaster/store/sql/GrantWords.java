package dev.postmaster.store.sql;

import dev.postmaster.auth.role.Privilege;
import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.auth.role.RoleSpec;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** GRANT and REVOKE: memberships in roles, and privileges on databases and the schema {@code public}. */
final class GrantWords {
    private final WordReader words;
    private final boolean revoke;

    private GrantWords(Phrase phrase) {
        this.words = new WordReader(phrase, 1);
        this.revoke = phrase.isWord(0, "revoke");
    }

    static Translation translate(Phrase phrase) {
        GrantWords words = new GrantWords(phrase);
        return RoleWords.done(phrase.find(1, "on") > 0 ? words.privileges() : words.memberships());
    }

    private RoleCommand memberships() {
        boolean admin = revoke && words.accept("admin", "option", "for");
        List<String> groups = words.names();
        words.expect(revoke ? "from" : "to");
        List<RoleSpec> members = words.roles();
        admin |= !revoke && words.accept("with", "admin", "option");
        finish();
        return new RoleCommand.Member(groups, members, revoke, admin);
    }

    /** CASCADE and RESTRICT are the same here: no grant hangs on another. */
    private void finish() {
        if (words.accept("granted", "by")) {
            words.role();
        }
        if (revoke && !words.accept("cascade")) {
            words.accept("restrict");
        }
        words.requireEnd();
    }

    private RoleCommand privileges() {
        if (revoke && words.sees("grant", "option", "for")) {
            throw Dialect.unsupported(words.phrase(), words.at(), "GRANT OPTION");
        }
        int first = words.at();
        List<String> named = new ArrayList<>();
        boolean all = words.accept("all");
        if (all) {
            words.accept("privileges");
        } else {
            do {
                named.add(words.word());
            } while (words.acceptComma());
        }
        words.expect("on");
        boolean schema = words.sees("schema");
        List<String> databases = objects();
        Set<Privilege> privileges = all ? EnumSet.allOf(Privilege.class) : EnumSet.noneOf(Privilege.class);
        for (String name : named) {
            add(privileges, name, schema, first);
        }
        words.expect(revoke ? "from" : "to");
        List<RoleSpec> grantees = words.roles();
        if (words.sees("with", "grant", "option")) {
            throw Dialect.unsupported(words.phrase(), words.at(), "GRANT OPTION");
        }
        finish();
        return new RoleCommand.Grant(databases, schema ? onlyCreate(privileges) : privileges, grantees, revoke);
    }

    private static Set<Privilege> onlyCreate(Set<Privilege> privileges) {
        Set<Privilege> kept = EnumSet.copyOf(privileges);
        kept.retainAll(EnumSet.of(Privilege.CREATE));
        return kept;
    }

    /** Names of databases; none for the schema. */
    private List<String> objects() {
        int start = words.at();
        if (words.accept("database")) {
            return words.names();
        }
        if (words.accept("schema")) {
            int name = words.at();
            if (!words.names().equals(List.of("public"))) {
                throw words.phrase().error(name, SqlState.FEATURE_NOT_SUPPORTED, "there is no schema but public");
            }
            return List.of();
        }
        Report report = Dialect.unsupported(words.phrase(), start, "a privilege on anything but a database or a schema")
                .report();
        throw new ReportException(report.withHint(
                "GRANT pg_write_all_data lets a role change rows, GRANT CREATE ON DATABASE lets it define tables;"
                        + " everybody who may connect may read."));
    }

    private void add(Set<Privilege> privileges, String name, boolean schema, int position) {
        switch (name) {
            case "create" -> privileges.add(Privilege.CREATE);
            case "usage" -> requireKind(schema, name, position, "database"); // everybody uses the one schema
            case "connect" -> {
                requireKind(!schema, name, position, "schema");
                privileges.add(Privilege.CONNECT);
            }
            case "temporary", "temp" -> {
                requireKind(!schema, name, position, "schema");
                privileges.add(Privilege.TEMPORARY);
            }
            default ->
                throw words.phrase()
                        .error(position, SqlState.SYNTAX_ERROR, "unrecognized privilege type \"" + name + "\"");
        }
    }

    private void requireKind(boolean fits, String name, int position, String kind) {
        if (!fits) {
            throw words.phrase()
                    .error(
                            position,
                            SqlState.INVALID_GRANT_OPERATION,
                            "invalid privilege type " + name.toUpperCase(Locale.ROOT) + " for " + kind);
        }
    }
}
