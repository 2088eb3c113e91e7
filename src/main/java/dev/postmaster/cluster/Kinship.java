package dev.postmaster.cluster;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * What a lock file needs to know of other processes.
 *
 * @param self our own pid, written to the lock file
 * @param grandparent {@code PG_GRANDPARENT_PID}: the shell that a control tool was started from
 * @param exists whether {@code kill(pid, 0)} succeeds; a process of another user is no server on our files
 */
public record Kinship(int self, int parent, OptionalInt grandparent, IntPredicate exists) {

    /**
     * Whether the process that left its pid in a lock file may still be a server. A pid of our own family is reused: at
     * boot a script gets the same one every time (DD-13).
     */
    boolean mayBeServer(int pid) {
        boolean family = pid == self || pid == parent || (grandparent.isPresent() && pid == grandparent.getAsInt());
        return !family && exists.test(pid);
    }
}
