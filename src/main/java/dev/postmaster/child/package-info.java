/**
 * The kit every child stands on: how it comes to life, hears signals, notices the postmaster's death, talks back and
 * leaves. Plain Java with few classes, because a child pays for each one at its start; no Quarkus, no injection.
 *
 * <p>{@link dev.postmaster.child.ChildBoot} runs one {@link dev.postmaster.child.ChildMain}, which finds all it may use
 * in its {@link dev.postmaster.child.ChildContext}: settings and startup data, the log, {@link
 * dev.postmaster.child.ChildSignals} with a {@link dev.postmaster.child.ChildLatch} for main loops, {@link
 * dev.postmaster.child.ParentWatch}, and {@link dev.postmaster.child.SharedMemory} with the {@link
 * dev.postmaster.child.PostmasterChannel}. Those are the door. Each kind lives in a package of its own below and knows
 * no other kind.
 *
 * <p>Threads of a child: {@code main} runs the kind's main; {@code signals} reads a signalfd and runs one short handler
 * per signal; {@code parent-watch} blocks on the alive pipe.
 */
@NullMarked
package dev.postmaster.child;

import org.jspecify.annotations.NullMarked;
