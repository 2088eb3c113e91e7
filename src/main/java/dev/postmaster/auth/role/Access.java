package dev.postmaster.auth.role;

/**
 * What a role may do with the tables of a database, from least to most; each includes those before it. There are no
 * privileges on single tables, because SQLite knows no owners.
 */
public enum Access {
    /** Everybody who may connect. */
    READ,
    /** Members of pg_write_all_data. */
    WRITE,
    /** Who was granted CREATE, the owner and superusers. */
    DEFINE;

    /** What a role may do in a database. */
    public static Access of(RoleBook book, Role role, String database) {
        DatabaseRights rights = book.database(database);
        if (book.hasRightsOf(role, rights.owner()) || book.has(role, rights, Privilege.CREATE)) {
            return DEFINE;
        }
        return book.hasRightsOf(role, PredefinedRole.PG_WRITE_ALL_DATA.oid()) ? WRITE : READ;
    }

    /** Whether this is as much as another. */
    public boolean covers(Access other) {
        return compareTo(other) >= 0;
    }
}
