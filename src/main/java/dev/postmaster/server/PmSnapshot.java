package dev.postmaster.server;

import dev.postmaster.core.CacState;
import dev.postmaster.core.PmState;
import dev.postmaster.core.ShutdownMode;
import java.time.Instant;

/**
 * What other threads may know of the postmaster: immutable, replaced as a whole.
 *
 * @param since when the state was entered
 * @param shutdown what was asked for
 * @param crashed whether a crash is being recovered from
 * @param lastCrash whether it is one too many, so that the postmaster will not start over
 * @param admission what a client would be told now; {@code OK} is "welcome"
 * @param sessions processes that serve a client
 * @param freeSlots how many more there is room for
 * @param waiting clients that have no process: their startup packet is not complete, or they are in line
 * @param inLine clients that have introduced themselves and wait for a backend
 * @param orphans how many processes that were none of ours we have buried, because somebody left them to us
 * @param heartbeat when the loop was last seen at work
 */
public record PmSnapshot(
        PmState state,
        Instant since,
        ShutdownMode shutdown,
        boolean crashed,
        boolean lastCrash,
        CacState admission,
        int sessions,
        int freeSlots,
        int waiting,
        int inLine,
        long orphans,
        Instant heartbeat) {

    static PmSnapshot initial(Instant now) {
        return new PmSnapshot(PmState.INIT, now, ShutdownMode.NONE, false, false, CacState.STARTUP, 0, 0, 0, 0, 0, now);
    }
}
