package dev.postmaster.server;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.shmem.SharedSegment;
import java.util.List;

/**
 * All that the postmaster tells of itself beyond its snapshot: immutable, replaced as a whole at each turn and with each
 * heartbeat, so that nobody who wants to know it has to ask the loop.
 *
 * @param status what {@code postmaster.status} says
 * @param history the last turns, the oldest first
 * @param segment what the children say, in the current generation; to be read only
 */
public record Bulletin(StatusFile status, List<Turn> history, InForce inForce, SharedSegment segment) {}
