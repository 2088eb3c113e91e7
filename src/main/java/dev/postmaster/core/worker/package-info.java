/**
 * When background workers are started, started again and forgotten (bgworker.c and maybe_start_bgworkers of postmaster.c;
 * BW-14, BW-19 to BW-28), as values: no clock, no process, no shared memory.
 *
 * <p>Door: {@link dev.postmaster.core.worker.WorkerBook}.
 */
@NullMarked
package dev.postmaster.core.worker;

import org.jspecify.annotations.NullMarked;
