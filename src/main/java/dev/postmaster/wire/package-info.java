/**
 * The PostgreSQL frontend/backend protocol, 3.0 to 3.2, as values: bytes in, messages out, and back.
 *
 * <p>Nothing here knows a socket, a clock or a session. The postmaster's first-packet desk and the backend child both
 * stand on this room, so that a client is told the same thing whoever answers it.
 *
 * <p>The door, in the order a connection meets it: {@link dev.postmaster.wire.StartupDecoder} cuts the first packets
 * ({@link dev.postmaster.wire.StartupPacket}) out of whatever bytes have arrived; {@link
 * dev.postmaster.wire.FrontendDecoder} reads the {@link dev.postmaster.wire.FrontendMessage}s that follow; {@link
 * dev.postmaster.wire.BackendEncoder} writes {@link dev.postmaster.wire.BackendMessage}s. {@link
 * dev.postmaster.wire.ProtocolVersion} and {@link dev.postmaster.wire.CancelKey} are the words they share.
 */
@NullMarked
package dev.postmaster.wire;

import org.jspecify.annotations.NullMarked;
