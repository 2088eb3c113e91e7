package dev.postmaster.auth.role;

/**
 * That a role belongs to another (pg_auth_members).
 *
 * @param group the OID of the role it belongs to
 * @param grantor the OID of the role that said so
 * @param admin whether it may let others in, and out
 */
public record Membership(int group, int grantor, boolean admin) {}
