package dev.postmaster.auth.role;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may do what with a database (pg_database's datdba, datconnlimit, datallowconn and datacl). Immutable.
 *
 * @param owner the OID of the role that may do everything in it
 * @param connectionLimit how many sessions it may have at once; -1 for no limit
 * @param allowConnections whether anybody may connect at all
 * @param grants privileges by the OID of who has them, {@link #PUBLIC} for everybody
 */
public record DatabaseRights(
        String name, int owner, int connectionLimit, boolean allowConnections, Map<Integer, Set<Privilege>> grants) {
    /** Stands for everybody, as in PostgreSQL's access lists. */
    public static final int PUBLIC = 0;

    public DatabaseRights {
        Map<Integer, Set<Privilege>> kept = new TreeMap<>();
        grants.forEach((grantee, privileges) -> {
            if (!privileges.isEmpty()) {
                kept.put(grantee, Collections.unmodifiableSet(EnumSet.copyOf(privileges)));
            }
        });
        grants = Collections.unmodifiableMap(kept);
    }

    /** A database nobody has said anything about: everybody may connect, and only its owner may define. */
    public static DatabaseRights of(String name, int owner) {
        return new DatabaseRights(
                name,
                owner,
                Role.UNLIMITED,
                true,
                Map.of(
                        PUBLIC,
                        EnumSet.of(Privilege.TEMPORARY, Privilege.CONNECT),
                        owner,
                        EnumSet.allOf(Privilege.class)));
    }

    /** What somebody, or {@link #PUBLIC}, was granted itself. */
    public Set<Privilege> granted(int grantee) {
        return grants.getOrDefault(grantee, Set.of());
    }

    public DatabaseRights withOwner(int other) {
        return new DatabaseRights(name, other, connectionLimit, allowConnections, handedOver(other));
    }

    /** What the old owner had as owner, the new one has (aclnewowner). */
    private Map<Integer, Set<Privilege>> handedOver(int other) {
        Map<Integer, Set<Privilege>> changed = new TreeMap<>(grants);
        Set<Privilege> all = EnumSet.noneOf(Privilege.class);
        all.addAll(granted(other));
        all.addAll(granted(owner));
        changed.remove(owner);
        changed.put(other, all);
        return changed;
    }

    public DatabaseRights withConnectionLimit(int limit) {
        return new DatabaseRights(name, owner, limit, allowConnections, grants);
    }

    public DatabaseRights withAllowConnections(boolean allow) {
        return new DatabaseRights(name, owner, connectionLimit, allow, grants);
    }

    public DatabaseRights grant(int grantee, Set<Privilege> privileges) {
        Set<Privilege> more = EnumSet.copyOf(privileges);
        more.addAll(granted(grantee));
        return with(grantee, more);
    }

    public DatabaseRights revoke(int grantee, Set<Privilege> privileges) {
        Set<Privilege> left = EnumSet.noneOf(Privilege.class);
        left.addAll(granted(grantee));
        left.removeAll(privileges);
        return with(grantee, left);
    }

    private DatabaseRights with(int grantee, Set<Privilege> privileges) {
        Map<Integer, Set<Privilege>> changed = new TreeMap<>(grants);
        changed.put(grantee, privileges);
        return new DatabaseRights(name, owner, connectionLimit, allowConnections, changed);
    }
}
