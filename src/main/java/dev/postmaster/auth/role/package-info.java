/**
 * Roles and what they may do (PostgreSQL's pg_authid, pg_auth_members, pg_database). The door:
 * {@link dev.postmaster.auth.role.RoleBook} knows all of them at one moment,
 * {@link dev.postmaster.auth.role.RoleText} is how that is written down.
 */
@NullMarked
package dev.postmaster.auth.role;

import org.jspecify.annotations.NullMarked;
