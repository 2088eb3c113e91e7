package dev.postmaster.store.function;

import dev.postmaster.auth.role.DatabaseRights;
import dev.postmaster.auth.role.Membership;
import dev.postmaster.auth.role.Privilege;
import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleAttribute;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.Instants;
import dev.postmaster.store.type.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Roles and their rights, for catalog tables and for who asks (acl.c). */
final class RoleFunctions {
    private RoleFunctions() {}

    static @Nullable Body find(String name, Surroundings session) {
        return switch (name) {
            case "pg_roles_json" -> arguments -> roles(session.roles(), false);
            case "pg_authid_json" -> arguments -> secrets(session);
            case "pg_auth_members_json" -> arguments -> members(session.roles());
            case "pg_database_json" -> arguments -> databases(session);
            case "pg_get_userbyid" -> arguments -> name(session.roles(), arguments[0]);
            case "pg_has_role" -> arguments -> hasRole(session, arguments);
            case "has_database_privilege" -> arguments -> hasPrivilege(session, arguments);
            default -> null;
        };
    }

    private static String secrets(Surroundings session) {
        boolean allowed =
                session.roles().find(session.user()).map(Role::superuser).orElse(false);
        if (!allowed) {
            throw SqlError.of(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for table pg_authid");
        }
        return roles(session.roles(), true);
    }

    private static String roles(RoleBook book, boolean verifiers) {
        List<String> rows = new ArrayList<>();
        for (Role role : book.roles()) {
            Map<String, String> row = new TreeMap<>();
            row.put("oid", Integer.toString(role.oid()));
            row.put("name", role.name());
            for (RoleAttribute attribute : RoleAttribute.values()) {
                row.put(attribute.name().toLowerCase(Locale.ROOT), role.is(attribute) ? "1" : "0");
            }
            row.put("limit", Integer.toString(role.connectionLimit()));
            role.validUntil().ifPresent(moment -> row.put("until", Instants.text(moment)));
            if (verifiers) {
                role.verifier().ifPresent(verifier -> row.put("verifier", verifier));
            }
            if (!role.settings().isEmpty()) {
                List<@Nullable String> settings = new ArrayList<>();
                role.settings().forEach((name, value) -> settings.add(name + "=" + value));
                row.put("config", ArrayText.of(settings));
            }
            rows.add(Json.object(row));
        }
        return '[' + String.join(",", rows) + ']';
    }

    private static String members(RoleBook book) {
        List<String> rows = new ArrayList<>();
        for (Role role : book.roles()) {
            for (Membership one : role.memberships()) {
                rows.add(Json.object(Map.of(
                        "group", Integer.toString(one.group()),
                        "member", Integer.toString(role.oid()),
                        "grantor", Integer.toString(one.grantor()),
                        "admin", one.admin() ? "1" : "0")));
            }
        }
        return '[' + String.join(",", rows) + ']';
    }

    private static String databases(Surroundings session) {
        RoleBook book = session.roles();
        List<String> rows = new ArrayList<>();
        for (String name : session.databases()) {
            DatabaseRights rights = book.database(name);
            Map<String, String> row = new TreeMap<>();
            row.put("name", name);
            row.put("owner", Integer.toString(rights.owner()));
            row.put("limit", Integer.toString(rights.connectionLimit()));
            row.put("allow", rights.allowConnections() ? "1" : "0");
            if (!rights.grants().equals(DatabaseRights.of(name, rights.owner()).grants())) {
                row.put("acl", accessList(book, rights));
            }
            rows.add(Json.object(row));
        }
        return '[' + String.join(",", rows) + ']';
    }

    /** {@code {=Tc/ann,ann=CTc/ann}}: who, what, and the owner as who granted it. */
    private static String accessList(RoleBook book, DatabaseRights rights) {
        List<@Nullable String> items = new ArrayList<>();
        rights.grants().forEach((grantee, privileges) -> {
            StringBuilder item = new StringBuilder(grantee == DatabaseRights.PUBLIC ? "" : name(book, (long) grantee));
            item.append('=');
            for (Privilege privilege : Privilege.values()) {
                item.append(privileges.contains(privilege) ? String.valueOf(privilege.letter()) : "");
            }
            items.add(item.append('/').append(name(book, (long) rights.owner())).toString());
        });
        return ArrayText.of(items);
    }

    private static String name(RoleBook book, @Nullable Object oid) {
        Optional<Role> role = oid instanceof Long number ? book.find(number.intValue()) : Optional.empty();
        return role.map(Role::name).orElse("unknown (OID=" + oid + ")");
    }

    /** {@code pg_has_role([who,] role, privilege)}; MEMBER asks whether it may become it, USAGE whether it has its rights. */
    private static Object hasRole(Surroundings session, @Nullable Object[] arguments) {
        RoleBook book = session.roles();
        int first = arguments.length - 2;
        Role who = first > 0 ? role(book, arguments[0]) : book.require(session.user());
        int group = role(book, arguments[first]).oid();
        return String.valueOf(arguments[first + 1]).toUpperCase(Locale.ROOT).startsWith("USAGE")
                ? book.hasRightsOf(who, group)
                : book.mayBecome(who, group);
    }

    /** {@code has_database_privilege([who,] database, privilege)}. */
    private static Object hasPrivilege(Surroundings session, @Nullable Object[] arguments) {
        RoleBook book = session.roles();
        int first = arguments.length - 2;
        Role who = first > 0 ? role(book, arguments[0]) : book.require(session.user());
        String asked =
                String.valueOf(arguments[first + 1]).toUpperCase(Locale.ROOT).strip();
        for (Privilege privilege : Privilege.values()) {
            if (asked.equals(privilege.name()) || (asked.equals("TEMP") && privilege == Privilege.TEMPORARY)) {
                String database =
                        arguments[first] instanceof Long ? session.database() : String.valueOf(arguments[first]);
                return who.superuser() || book.has(who, book.database(database), privilege);
            }
        }
        throw SqlError.of(SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + asked + "\"");
    }

    /** By name or OID. */
    private static Role role(RoleBook book, @Nullable Object given) {
        if (given instanceof Long oid) {
            return book.find(oid.intValue())
                    .orElseThrow(
                            () -> SqlError.of(SqlState.UNDEFINED_OBJECT, "role with OID " + oid + " does not exist"));
        }
        return book.require(String.valueOf(given));
    }
}
