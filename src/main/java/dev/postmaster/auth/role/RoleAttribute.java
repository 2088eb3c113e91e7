package dev.postmaster.auth.role;

/** What a role is or is not; in SQL each has an opposite that begins with NO (pg_authid's columns rolsuper and on). */
public enum RoleAttribute {
    SUPERUSER,
    /** Whether the rights of the roles it is a member of are its own at once. */
    INHERIT,
    CREATEROLE,
    CREATEDB,
    LOGIN,
    REPLICATION,
    BYPASSRLS
}
