package dev.postmaster.server;

import dev.postmaster.core.PmState;
import dev.postmaster.core.ShutdownMode;
import java.time.Instant;

/**
 * A change of the postmaster's phase, of the shutdown that is asked for, or of whether a crash is being recovered from.
 *
 * @param state entered then, or kept
 * @param shutdown what was asked for from then on
 * @param crashCycle whether a crash was being recovered from, from then on
 * @param cause what happened
 */
public record Turn(Instant at, PmState state, ShutdownMode shutdown, boolean crashCycle, String cause) {}
