package dev.postmaster.store.sql;

import dev.postmaster.auth.role.RoleAttribute;
import dev.postmaster.auth.role.RoleOptions;
import dev.postmaster.auth.role.RoleSpec;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of CREATE ROLE and ALTER ROLE (gram.y, AlterOptRoleElem and CreateOptRoleElem). */
final class RoleOptionWords {
    private final WordReader words;
    private final boolean creating;
    private final Set<String> said = new HashSet<>();
    private final Map<RoleAttribute, Boolean> attributes = new EnumMap<>(RoleAttribute.class);
    private final List<RoleSpec> groups = new ArrayList<>();
    private final List<RoleSpec> members = new ArrayList<>();
    private final List<RoleSpec> admins = new ArrayList<>();
    private @Nullable Integer connectionLimit;
    private @Nullable String password;
    private @Nullable Instant validUntil;

    /** {@code creating}: whether memberships may be named, too. */
    RoleOptionWords(WordReader words, boolean creating) {
        this.words = words;
        this.creating = creating;
    }

    /** Everything up to the end of the statement. */
    RoleOptions read(boolean login) {
        words.accept("with");
        while (!words.ended()) {
            option();
        }
        if (login) {
            attributes.putIfAbsent(RoleAttribute.LOGIN, true);
        }
        return new RoleOptions(attributes, connectionLimit, password, validUntil, groups, members, admins);
    }

    private void option() {
        int start = words.at();
        String word = words.word();
        switch (word) {
            case "encrypted" -> {
                words.expect("password");
                once("password", start);
                password = words.string();
            }
            case "password" -> {
                once(word, start);
                password = words.accept("null") ? "" : words.string();
            }
            case "unencrypted" ->
                throw words.phrase()
                        .error(start, SqlState.FEATURE_NOT_SUPPORTED, "UNENCRYPTED PASSWORD is no longer supported");
            case "connection" -> {
                words.expect("limit");
                once(word, start);
                connectionLimit = words.number();
            }
            case "valid" -> {
                words.expect("until");
                once(word, start);
                validUntil = Instants.of(words.string());
            }
            default -> {
                if (!creating || !memberships(word)) {
                    attribute(word, start);
                }
            }
        }
    }

    private boolean memberships(String word) {
        switch (word) {
            case "in" -> {
                if (!words.accept("role")) {
                    words.expect("group");
                }
                groups.addAll(words.roles());
            }
            case "role", "user" -> members.addAll(words.roles());
            case "admin" -> admins.addAll(words.roles());
            case "sysid" -> words.number(); // taken and ignored, as in PostgreSQL
            default -> {
                return false;
            }
        }
        return true;
    }

    private void attribute(String word, int start) {
        boolean on = !word.startsWith("no");
        RoleAttribute attribute = attribute(on ? word : word.substring(2));
        if (attribute == null) {
            throw words.phrase().error(start, SqlState.SYNTAX_ERROR, "unrecognized role option \"" + word + "\"");
        }
        once(attribute.name(), start);
        attributes.put(attribute, on);
    }

    private static @Nullable RoleAttribute attribute(String word) {
        for (RoleAttribute attribute : RoleAttribute.values()) {
            if (attribute.name().toLowerCase(Locale.ROOT).equals(word)) {
                return attribute;
            }
        }
        return null;
    }

    private void once(String option, int start) {
        if (!said.add(option)) {
            throw conflicting(start);
        }
    }

    private ReportException conflicting(int start) {
        return words.phrase().error(start, SqlState.SYNTAX_ERROR, "conflicting or redundant options");
    }
}
