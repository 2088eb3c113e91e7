package dev.postmaster.server;

import dev.postmaster.launch.BackendStartup;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * What a backend is told about its client, and what the postmaster keeps in mind of it.
 *
 * @param guest with a cancel key of its own, also when the backend has served others before
 */
record Assignment(BackendStartup startup, ChildRegistry.Guest guest) {

    static Assignment of(FirstPacketDesk.Visit visit, SecureRandom random) {
        WaitingClient client = visit.client();
        byte[] secret = new byte[CancelKey.FULL_LENGTH];
        random.nextBytes(secret);
        var startup = new BackendStartup(
                secret,
                Times.micros(client.acceptedAt()),
                client.address().host(),
                client.address().port(),
                client.packet());
        CancelKey whole = new CancelKey(secret);
        StartupPacket.Startup said = visit.startup();
        CancelKey key = said == null ? whole : whole.asGivenTo(said.version());
        return new Assignment(startup, new ChildRegistry.Guest(client.address().host(), Instant.now(), key));
    }
}
