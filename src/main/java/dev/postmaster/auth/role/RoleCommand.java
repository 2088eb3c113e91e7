package dev.postmaster.auth.role;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A statement that changes the {@link RoleBook}. */
public sealed interface RoleCommand {
    /** What CommandComplete says of it. */
    String tag();

    /** The databases it names, which must be there. */
    default List<String> databases() {
        return List.of();
    }

    /** The same with its password made into a verifier, if it has one. */
    default RoleCommand withPassword(UnaryOperator<String> verifier) {
        return this;
    }

    /** CREATE ROLE, USER or GROUP. */
    record Create(String name, RoleOptions options) implements RoleCommand {
        @Override
        public String tag() {
            return "CREATE ROLE";
        }

        @Override
        public RoleCommand withPassword(UnaryOperator<String> verifier) {
            return new Create(name, options.withPassword(verifier));
        }
    }

    /** ALTER ROLE with options. */
    record Alter(RoleSpec role, RoleOptions options) implements RoleCommand {
        @Override
        public String tag() {
            return "ALTER ROLE";
        }

        @Override
        public RoleCommand withPassword(UnaryOperator<String> verifier) {
            return new Alter(role, options.withPassword(verifier));
        }
    }

    /** ALTER ROLE … RENAME TO. */
    record Rename(String name, String newName) implements RoleCommand {
        @Override
        public String tag() {
            return "ALTER ROLE";
        }
    }

    /**
     * ALTER ROLE … SET and RESET.
     *
     * @param setting in lower case; null for RESET ALL
     * @param value null for RESET
     */
    record Configure(
            RoleSpec role,
            @Nullable String setting,
            @Nullable String value) implements RoleCommand {
        @Override
        public String tag() {
            return "ALTER ROLE";
        }
    }

    /** DROP ROLE. */
    record Drop(List<RoleSpec> roles, boolean ifExists) implements RoleCommand {
        @Override
        public String tag() {
            return "DROP ROLE";
        }
    }

    /**
     * GRANT or REVOKE of memberships.
     *
     * @param revoke whether they are taken away
     * @param admin whether this is about the right to let others in: granted along, or alone taken away
     */
    record Member(List<String> groups, List<RoleSpec> members, boolean revoke, boolean admin) implements RoleCommand {
        @Override
        public String tag() {
            return revoke ? "REVOKE ROLE" : "GRANT ROLE";
        }
    }

    /**
     * GRANT or REVOKE of privileges on databases.
     *
     * @param databases empty for the schema {@code public} of the session's
     */
    record Grant(List<String> databases, Set<Privilege> privileges, List<RoleSpec> grantees, boolean revoke)
            implements RoleCommand {
        @Override
        public String tag() {
            return revoke ? "REVOKE" : "GRANT";
        }
    }

    /** ALTER DATABASE with options; null for what it does not say. */
    record AlterDatabase(String database, DatabaseOptions options) implements RoleCommand {
        @Override
        public String tag() {
            return "ALTER DATABASE";
        }

        @Override
        public List<String> databases() {
            return List.of(database);
        }
    }
}
