/**
 * The study: decides everything the postmaster does, and does nothing. State and event in, next state and actions out:
 * {@link dev.postmaster.core.Transition#step} is the only door for decisions. Pure Java: no clock, no log, no thread, no
 * process number but to pass it on; time and chance come in as events.
 *
 * <p>What goes through that door: {@link dev.postmaster.core.Pm} (begin with {@code Pm.initial}),
 * {@link dev.postmaster.core.PmEvent}, {@link dev.postmaster.core.Step} and {@link dev.postmaster.core.PmAction}. The
 * classes called Rules are one chapter of PostgreSQL's postmaster.c each and known to nobody else.
 *
 * <p>Values that other rooms share: {@link dev.postmaster.core.ChildKind} (one row per kind of child),
 * {@link dev.postmaster.core.Sig}, {@link dev.postmaster.core.ExitStatus}, {@link dev.postmaster.core.ShutdownMode},
 * {@link dev.postmaster.core.PmState}. The diagram is in {@code src/docs/state-machine.md}, drawn from this code.
 */
@NullMarked
package dev.postmaster.core;

import org.jspecify.annotations.NullMarked;
