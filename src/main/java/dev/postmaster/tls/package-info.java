/**
 * The server's certificate, key and rules for TLS, from files to what the JDK makes connections with (be-secure-openssl.c
 * {@code be_tls_init}). The postmaster loads them to see whether they are in order; each backend loads them to use them.
 * Public: {@link dev.postmaster.tls.TlsContext}.
 */
@NullMarked
package dev.postmaster.tls;

import org.jspecify.annotations.NullMarked;
