/**
 * The process of a background worker that is a Java function (CK-3, BW-17): finds the function its registration names,
 * runs it, and ends as it ended. What the function sees is the room {@code worker}; here is what stands behind it.
 * {@link dev.postmaster.child.bgworker.BgWorkerMain} is the door; {@code backup} is a worker that comes with the server.
 *
 * <p>Threads: {@code main} runs the function; {@code signals} interrupts it when it is to stop.
 */
@NullMarked
package dev.postmaster.child.bgworker;

import org.jspecify.annotations.NullMarked;
