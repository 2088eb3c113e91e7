package dev.postmaster.inspection;

import java.time.Duration;

/**
 * A process of a postmaster's, or a kind of child of which there is none and that has been there.
 *
 * @param pid 0 if there is none
 * @param parent the pid of its parent; 0 for the postmaster, and for a kind
 * @param depth how many generations below the postmaster
 * @param kind the kind of child, or the name of a program that is none
 * @param name the same for people: a background worker goes by its own name
 * @param state what it is doing, in its own words if it has said so, else in the kernel's
 * @param age since its start
 * @param client whom it serves; empty if nobody
 * @param lastExit how the last of its kind ended, {@code TIME WHAT}; empty if none has, or if there may be many at a time
 */
public record ProcessRow(
        int pid,
        int parent,
        int depth,
        String kind,
        String name,
        String state,
        Duration age,
        String client,
        String lastExit) {}
