package dev.postmaster.auth.role;

/**
 * Who runs a statement.
 *
 * @param session the role the session began as, or that SET SESSION AUTHORIZATION made it
 * @param current the role whose rights count (SET ROLE)
 * @param database where it is connected
 */
public record Actor(Role session, Role current, String database) {}
