package dev.postmaster.auth.role;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All roles of a cluster, and what they may do with its databases, at one moment. Immutable. */
public final class RoleBook {
    private static final int FIRST_OID = 16384;

    private final int nextOid;
    private final Map<String, Role> byName;
    private final Map<Integer, Role> byOid;
    private final Map<String, DatabaseRights> databases;

    /**
     * A book of these.
     *
     * @param nextOid the OID of the next role; OIDs are not used again, so that a session of a role that is gone never
     *     acts in another's name
     */
    RoleBook(int nextOid, Collection<Role> roles, Collection<DatabaseRights> databases) {
        Map<String, Role> names = new TreeMap<>();
        Map<Integer, Role> oids = new TreeMap<>();
        for (Role role : roles) {
            if (names.put(role.name(), role) != null || oids.put(role.oid(), role) != null) {
                throw new IllegalArgumentException("two of a kind: " + role);
            }
        }
        Map<String, DatabaseRights> rights = new TreeMap<>();
        databases.forEach(one -> rights.put(one.name(), one));
        this.nextOid = nextOid;
        this.byName = Collections.unmodifiableMap(names);
        this.byOid = Collections.unmodifiableMap(oids);
        this.databases = Collections.unmodifiableMap(rights);
    }

    /** The book of a new cluster: the roles the server brings, and one that may do everything. */
    public static RoleBook initial(String superuser, Optional<String> verifier) {
        Map<Integer, Role> roles = new TreeMap<>();
        for (PredefinedRole predefined : PredefinedRole.values()) {
            roles.put(predefined.oid(), predefined.role());
        }
        Role first = Role.of(Role.BOOTSTRAP, superuser, EnumSet.allOf(RoleAttribute.class));
        roles.put(first.oid(), first.withVerifier(verifier));
        return new RoleBook(FIRST_OID, roles.values(), Set.of());
    }

    /** The OID for a role that is to be added. */
    public int nextOid() {
        return nextOid;
    }

    /** By OID. */
    public Collection<Role> roles() {
        return byOid.values();
    }

    public Optional<Role> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<Role> find(int oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    /**
     * The role of a name.
     *
     * @throws ReportException ERROR 42704 if there is none
     */
    public Role require(String name) {
        return find(name)
                .orElseThrow(() -> new ReportException(
                        Report.of(Severity.ERROR, SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist")));
    }

    /** Databases somebody has said something about. */
    public Collection<DatabaseRights> databases() {
        return databases.values();
    }

    /** What holds for a database; one nobody has said anything about belongs to the first superuser. */
    public DatabaseRights database(String name) {
        DatabaseRights rights = databases.get(name);
        return rights == null ? DatabaseRights.of(name, Role.BOOTSTRAP) : rights;
    }

    /** Adds a role, or replaces the one with the same OID. */
    public RoleBook with(Role role) {
        Map<Integer, Role> changed = new TreeMap<>(byOid);
        changed.put(role.oid(), role);
        return new RoleBook(Math.max(nextOid, role.oid() + 1), changed.values(), databases.values());
    }

    /** Takes a role out, and with it every membership in it. */
    public RoleBook without(int oid) {
        Map<Integer, Role> changed = new TreeMap<>();
        byOid.forEach((number, role) -> changed.put(number, role.withoutMembership(oid)));
        changed.remove(oid);
        return new RoleBook(nextOid, changed.values(), databases.values());
    }

    public RoleBook with(DatabaseRights rights) {
        Map<String, DatabaseRights> changed = new TreeMap<>(databases);
        changed.put(rights.name(), rights);
        return new RoleBook(nextOid, byOid.values(), changed.values());
    }

    public RoleBook withoutDatabase(String name) {
        Map<String, DatabaseRights> changed = new TreeMap<>(databases);
        changed.remove(name);
        return new RoleBook(nextOid, byOid.values(), changed.values());
    }

    /**
     * Whether a role is another, or belongs to it, directly or through others; being a superuser does not count
     * (is_member_of_role_nosuper). False if there is none of one name.
     */
    public boolean isMember(String role, String group) {
        return find(role).isPresent()
                && find(group).isPresent()
                && reaches(require(role), require(group).oid(), through -> true);
    }

    /** Whether a role may do at once what another may (has_privs_of_role): superusers may, members that inherit may. */
    public boolean hasRightsOf(Role role, int group) {
        return role.superuser() || reaches(role, group, through -> through.is(RoleAttribute.INHERIT));
    }

    /** Whether a role may become another or is it (is_member_of_role). */
    public boolean mayBecome(Role role, int group) {
        return role.superuser() || reaches(role, group, through -> true);
    }

    /** Whether a role has a privilege on a database: everybody has it, itself, or a role whose rights it has. */
    public boolean has(Role role, DatabaseRights rights, Privilege privilege) {
        return rights.grants().entrySet().stream()
                .filter(grant -> grant.getValue().contains(privilege))
                .anyMatch(grant -> grant.getKey() == DatabaseRights.PUBLIC || hasRightsOf(role, grant.getKey()));
    }

    private boolean reaches(Role role, int group, Predicate<Role> passes) {
        Set<Integer> seen = new HashSet<>();
        Deque<Role> open = new ArrayDeque<>(Set.of(role));
        while (!open.isEmpty()) {
            Role at = open.pop();
            if (at.oid() == group) {
                return true;
            }
            if (seen.add(at.oid()) && passes.test(at)) {
                at.memberships().forEach(one -> find(one.group()).ifPresent(open::push));
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoleBook book
                && nextOid == book.nextOid
                && byOid.equals(book.byOid)
                && databases.equals(book.databases);
    }

    @Override
    public int hashCode() {
        return 31 * byOid.hashCode() + databases.hashCode();
    }
}
