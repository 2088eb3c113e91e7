package dev.postmaster.auth.role;

/** How SQL names a role (gram.y, RoleSpec). */
public sealed interface RoleSpec {
    /** By its name. */
    record Named(String name) implements RoleSpec {}

    /** CURRENT_USER or CURRENT_ROLE. */
    record Current() implements RoleSpec {}

    /** SESSION_USER. */
    record Session() implements RoleSpec {}

    /** PUBLIC: no role, but everybody. */
    record Everybody() implements RoleSpec {}
}
