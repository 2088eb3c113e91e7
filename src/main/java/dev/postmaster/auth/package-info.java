/**
 * Who may come in, decided without a socket or a file: roles, the rules of {@code pg_hba.conf}, and the exchanges by which
 * a client proves who it is. Nothing here reads or writes; {@code cluster} and {@code child} do.
 */
@NullMarked
package dev.postmaster.auth;

import org.jspecify.annotations.NullMarked;
