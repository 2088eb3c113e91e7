package dev.postmaster.auth.role;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The lines of {@link RoleText}: a word that says what it is, and what belongs to it. */
final class RoleLines {
    private static final String NEXT = "next";
    private static final String ROLE = "role";
    private static final String MEMBER = "member";
    private static final String SETTING = "setting";
    private static final String DATABASE = "database";
    private static final String GRANT = "grant";

    private int nextOid;
    private final Map<Integer, Role> roles = new TreeMap<>();
    private final Map<String, DatabaseRights> databases = new TreeMap<>();

    private RoleLines() {}

    static List<List<String>> of(RoleBook book) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(NEXT, text(book.nextOid())));
        book.roles().forEach(role -> add(lines, role));
        book.databases().forEach(database -> add(lines, database));
        return lines;
    }

    private static void add(List<List<String>> lines, Role role) {
        String oid = text(role.oid());
        lines.add(List.of(
                ROLE,
                oid,
                role.name(),
                words(role.attributes()),
                text(role.connectionLimit()),
                role.verifier().orElse(""),
                role.validUntil().map(Instant::toString).orElse("")));
        role.memberships()
                .forEach(one -> lines.add(
                        List.of(MEMBER, oid, text(one.group()), text(one.grantor()), String.valueOf(one.admin()))));
        role.settings().forEach((name, value) -> lines.add(List.of(SETTING, oid, name, value)));
    }

    private static void add(List<List<String>> lines, DatabaseRights rights) {
        lines.add(List.of(
                DATABASE,
                rights.name(),
                text(rights.owner()),
                text(rights.connectionLimit()),
                String.valueOf(rights.allowConnections())));
        rights.grants()
                .forEach((grantee, privileges) ->
                        lines.add(List.of(GRANT, rights.name(), text(grantee), words(privileges))));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    private static String words(Set<? extends Enum<?>> values) {
        return String.join(" ", values.stream().map(Enum::name).toList());
    }

    /** @throws IllegalArgumentException or IndexOutOfBoundsException for a line that cannot be understood */
    static RoleBook read(List<List<String>> lines) {
        RoleLines reader = new RoleLines();
        lines.forEach(reader::take);
        return new RoleBook(reader.nextOid, reader.roles.values(), reader.databases.values());
    }

    private void take(List<String> line) {
        switch (line.getFirst()) {
            case NEXT -> nextOid = number(line.get(1));
            case ROLE -> {
                Role role = role(line);
                roles.put(role.oid(), role);
            }
            case MEMBER -> {
                Role role = known(line.get(1));
                boolean admin = Boolean.parseBoolean(line.get(4));
                roles.put(role.oid(), role.with(new Membership(number(line.get(2)), number(line.get(3)), admin)));
            }
            case SETTING -> {
                Role role = known(line.get(1));
                Map<String, String> settings = new TreeMap<>(role.settings());
                settings.put(line.get(2), line.get(3));
                roles.put(role.oid(), role.withSettings(settings));
            }
            case DATABASE ->
                databases.put(
                        line.get(1),
                        new DatabaseRights(
                                line.get(1),
                                number(line.get(2)),
                                number(line.get(3)),
                                Boolean.parseBoolean(line.get(4)),
                                Map.of()));
            case GRANT ->
                databases.computeIfPresent(
                        line.get(1),
                        (ignored, rights) -> rights.grant(number(line.get(2)), set(Privilege.class, line.get(3))));
            default -> throw new IllegalArgumentException("unknown line: " + line.getFirst());
        }
    }

    private static Role role(List<String> line) {
        return new Role(
                number(line.get(1)),
                line.get(2),
                set(RoleAttribute.class, line.get(3)),
                number(line.get(4)),
                given(line.get(5)),
                given(line.get(6)).map(RoleLines::moment),
                List.of(),
                Map.of());
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no moment", e);
        }
    }

    private Role known(String oid) {
        Role role = roles.get(number(oid));
        if (role == null) {
            throw new IllegalArgumentException("no role " + oid);
        }
        return role;
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, String words) {
        Set<E> values = EnumSet.noneOf(type);
        for (String word : words.isEmpty() ? new String[0] : words.split(" ", -1)) {
            values.add(Enum.valueOf(type, word));
        }
        return values;
    }
}
