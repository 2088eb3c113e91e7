package dev.postmaster.auth.role;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What CREATE ROLE and ALTER ROLE say of a role; what they do not say is null or empty.
 *
 * @param password as the client sent it, or the verifier made of it; empty for none
 * @param validUntil {@link Instant#MAX} for infinity
 * @param groups the roles it becomes a member of
 * @param members the roles that become members of it
 * @param admins the same, with the right to let others in
 */
public record RoleOptions(
        Map<RoleAttribute, Boolean> attributes,
        @Nullable Integer connectionLimit,
        @Nullable String password,
        @Nullable Instant validUntil,
        List<RoleSpec> groups,
        List<RoleSpec> members,
        List<RoleSpec> admins) {

    public RoleOptions {
        attributes = Map.copyOf(attributes);
        groups = List.copyOf(groups);
        members = List.copyOf(members);
        admins = List.copyOf(admins);
    }

    /** The same with a password made of this one, if there is one. */
    public RoleOptions withPassword(UnaryOperator<String> verifier) {
        return password == null || password.isEmpty()
                ? this
                : new RoleOptions(
                        attributes, connectionLimit, verifier.apply(password), validUntil, groups, members, admins);
    }

    /** Whether nothing is said but a password: everybody may change that of its own. */
    boolean onlyPassword() {
        return attributes.isEmpty()
                && connectionLimit == null
                && validUntil == null
                && groups.isEmpty()
                && members.isEmpty()
                && admins.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RoleOptions[" + attributes + "]";
    }
}
