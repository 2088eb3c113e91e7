package dev.postmaster.auth.role;

import java.util.Locale;
import java.util.Set;

/** The roles every cluster has: those of PostgreSQL's (pg_authid.dat) that mean something here, with its OIDs. */
public enum PredefinedRole {
    /** Everybody who may connect may read; scripts that grant it go on working. */
    PG_READ_ALL_DATA(6181),
    PG_WRITE_ALL_DATA(6182),
    PG_CHECKPOINT(4544);

    private final int oid;

    PredefinedRole(int oid) {
        this.oid = oid;
    }

    public int oid() {
        return oid;
    }

    Role role() {
        return Role.of(oid, name().toLowerCase(Locale.ROOT), Set.of(RoleAttribute.INHERIT));
    }
}
