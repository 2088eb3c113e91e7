package dev.postmaster.cluster;

import java.nio.file.Path;
import java.time.Instant;

/** What a postmaster writes into each of its lock files beside its pid (DD-9, lines 2 to 4). */
public record LockClaim(Path dataDirectory, Instant startTime, int port) {}
