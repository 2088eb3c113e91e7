package dev.postmaster.launch;

/**
 * What a background worker that is a Java function is told about itself: its registration (BW-16).
 *
 * @param name the worker's own
 * @param type what the log calls it
 * @param library {@code postmaster} for a function that is shipped, else a jar, absolute or relative to the data directory
 * @param function its name, or the name of a class in the jar
 * @param argument for the function
 * @param databaseAccess whether it may open a database
 * @param workerSlot number of its worker slot in shared memory, from 0
 * @param generation which registration in that slot it is
 */
public record WorkerStartup(
        String name,
        String type,
        String library,
        String function,
        String argument,
        boolean databaseAccess,
        int workerSlot,
        long generation)
        implements StartupData {}
