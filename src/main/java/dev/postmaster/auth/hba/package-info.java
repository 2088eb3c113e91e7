/**
 * Host-based authentication: {@code pg_hba.conf} and {@code pg_ident.conf} in PostgreSQL's syntax (hba.c), with the
 * include directives of PostgreSQL 16. {@link dev.postmaster.auth.hba.HbaFile} reads,
 * {@link dev.postmaster.auth.hba.HbaRules} answers. A new method is a constant of
 * {@link dev.postmaster.auth.hba.AuthMethod}, and a case wherever the compiler then asks for one.
 */
@NullMarked
package dev.postmaster.auth.hba;

import org.jspecify.annotations.NullMarked;
