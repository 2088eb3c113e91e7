package dev.postmaster.auth.role;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A role (pg_authid). Immutable; a name may change, the OID never does.
 *
 * @param oid 10 for the one that {@code init} makes, below 16384 for those the server brings, above for all others
 * @param connectionLimit how many sessions it may have at once; -1 for no limit
 * @param verifier what its password is checked against, {@code SCRAM-SHA-256$…}; without one no password is right
 * @param validUntil when its password stops being right
 * @param settings what its sessions begin with, by lower-case name
 */
public record Role(
        int oid,
        String name,
        Set<RoleAttribute> attributes,
        int connectionLimit,
        Optional<String> verifier,
        Optional<Instant> validUntil,
        List<Membership> memberships,
        Map<String, String> settings) {
    /** The OID of the role that {@code init} makes. */
    public static final int BOOTSTRAP = 10;

    /** No limit on the number of sessions. */
    public static final int UNLIMITED = -1;

    public Role {
        attributes = Collections.unmodifiableSet(
                attributes.isEmpty() ? EnumSet.noneOf(RoleAttribute.class) : EnumSet.copyOf(attributes));
        memberships = List.copyOf(memberships);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** A role that belongs to nobody and has no password. */
    public static Role of(int oid, String name, Set<RoleAttribute> attributes) {
        return new Role(oid, name, attributes, UNLIMITED, Optional.empty(), Optional.empty(), List.of(), Map.of());
    }

    public boolean is(RoleAttribute attribute) {
        return attributes.contains(attribute);
    }

    public boolean superuser() {
        return is(RoleAttribute.SUPERUSER);
    }

    /** Whether a session can begin in its name. */
    public boolean login() {
        return is(RoleAttribute.LOGIN);
    }

    /** Whether it came with the server; such a name nobody else can have. */
    public boolean predefined() {
        return name.startsWith("pg_");
    }

    /** The one membership in a group, if there is one. */
    public Optional<Membership> membership(int group) {
        return memberships.stream().filter(one -> one.group() == group).findFirst();
    }

    /** The password stops being right at its hour, not after it. */
    public boolean expired(Instant now) {
        return validUntil.isPresent() && !now.isBefore(validUntil.orElseThrow());
    }

    public Role withName(String other) {
        return new Role(oid, other, attributes, connectionLimit, verifier, validUntil, memberships, settings);
    }

    public Role with(RoleAttribute attribute, boolean on) {
        Set<RoleAttribute> changed = EnumSet.noneOf(RoleAttribute.class);
        changed.addAll(attributes);
        if (on) {
            changed.add(attribute);
        } else {
            changed.remove(attribute);
        }
        return new Role(oid, name, changed, connectionLimit, verifier, validUntil, memberships, settings);
    }

    public Role withConnectionLimit(int limit) {
        return new Role(oid, name, attributes, limit, verifier, validUntil, memberships, settings);
    }

    public Role withVerifier(Optional<String> other) {
        return new Role(oid, name, attributes, connectionLimit, other, validUntil, memberships, settings);
    }

    public Role withValidUntil(Optional<Instant> moment) {
        return new Role(oid, name, attributes, connectionLimit, verifier, moment, memberships, settings);
    }

    /** Replaces the membership in the same group. */
    public Role with(Membership membership) {
        List<Membership> changed = new ArrayList<>(withoutMembership(membership.group()).memberships);
        changed.add(membership);
        return new Role(oid, name, attributes, connectionLimit, verifier, validUntil, changed, settings);
    }

    public Role withoutMembership(int group) {
        List<Membership> left =
                memberships.stream().filter(one -> one.group() != group).toList();
        return new Role(oid, name, attributes, connectionLimit, verifier, validUntil, left, settings);
    }

    public Role withSettings(Map<String, String> others) {
        return new Role(oid, name, attributes, connectionLimit, verifier, validUntil, memberships, others);
    }

    /** Without the verifier, which no log may hold. */
    @Override
    public String toString() {
        return "Role[" + oid + ", " + name + ", " + attributes + "]";
    }
}
