package dev.postmaster.launch;

/** What one kind of child must be told beyond what all of them are told: one record per kind that needs any. */
public sealed interface StartupData permits StartupData.None, BackendStartup, SysLoggerStartup, WorkerStartup {
    /** Most kinds need nothing (CK-2). */
    record None() implements StartupData {}

    /** The one value of {@link None}. */
    StartupData NONE = new None();
}
