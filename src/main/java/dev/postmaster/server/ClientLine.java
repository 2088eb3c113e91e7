package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Clients that have introduced themselves and that nobody serves yet, first come first served. */
@OnLoop
final class ClientLine {
    private final ClientDesk desk;
    private final Consumer<PmEvent> core;
    private final BooleanSupplier open;
    private final IntFunction<PmEvent.Crowd> crowd;
    private final SequencedSet<Long> clients = new LinkedHashSet<>();
    private boolean kept;

    /**
     * A line with nobody in it.
     *
     * @param desk where the clients are
     * @param core decides about a client
     * @param open whether anybody would be admitted now: if not, that is what a client is told, and not what the desk may
     *     have against it
     * @param crowd who is in the way of whoever has this place in line
     */
    ClientLine(ClientDesk desk, Consumer<PmEvent> core, BooleanSupplier open, IntFunction<PmEvent.Crowd> crowd) {
        this.desk = desk;
        this.core = core;
        this.open = open;
        this.crowd = crowd;
    }

    /** A client has introduced itself. Even if others are before it, it may hear at once that it comes for nothing. */
    void join(long client) {
        int place = clients.size() + 1;
        if (hasToWait(client, place, place)) {
            clients.addLast(client);
        }
    }

    /** Something has happened: asks about one after the other, until one has to wait on. */
    void advance() {
        while (!clients.isEmpty() && !hasToWait(clients.getFirst(), 1, clients.size())) {
            clients.removeFirst();
        }
    }

    /** Whoever stands behind this client moves up. */
    void leave(long client) {
        clients.remove(client);
    }

    /** How many stand there. */
    int length() {
        return clients.size();
    }

    private boolean hasToWait(long client, int place, int inLine) {
        kept = false;
        if (!open.getAsBoolean() || desk.admits(client)) {
            core.accept(new PmEvent.ClientReady(client, place, inLine, crowd.apply(place)));
        }
        return kept;
    }

    /** The client that was asked about just now has to wait. */
    void keep() {
        kept = true;
    }
}
