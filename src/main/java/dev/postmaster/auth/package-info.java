/**
 * Who may come in: what {@code pg_hba.conf} says of a client ({@code auth.hba}), which roles there are
 * ({@code auth.role}), and how a password is proved without being told ({@code auth.scram}). Pure but for the files it is
 * asked to read; the talking to the client is done by the backend.
 */
@NullMarked
package dev.postmaster.auth;

import org.jspecify.annotations.NullMarked;
