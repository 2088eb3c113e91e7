/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677), the server's side: a password is proved without being sent or kept.
 * {@link dev.postmaster.auth.scram.ScramVerifier} is what is kept, {@link dev.postmaster.auth.scram.ScramExchange} the
 * conversation as values; who carries the messages is somebody else's business.
 */
@NullMarked
package dev.postmaster.auth.scram;

import org.jspecify.annotations.NullMarked;
