/**
 * The house on one page. Rooms and who may see whom:
 *
 * <pre>
 *  STREET        HALL (one thread)                        BACK DOOR              ANNEX (other processes)
 *  client ──▶ server.Acceptor ─▶ FirstPacketDesk ─┐                         ┌▶ Main --forkchild=backend
 *  SIGTERM ─▶ server.SignalDesk ──────────────────┼▶ PostmasterLoop         │      └▶ child.ChildBoot ─▶ child.backend
 *  timer ───▶ server.Timers ──────────────────────┤    │      ▲             │            child.startup, child.checkpointer
 *  SIGCHLD ─▶ server.Undertaker ──────────────────┤    │      └ ActionRunner┴─▶ launch ─▶ os ─▶ posix_spawn
 *  pmsignal ▶ server.PmSignalDesk ────────────────┘    ▼             │
 *                               STUDY: core.Transition.step          └▶ StatusBoard ─▶ health, admin
 * </pre>
 *
 * <p>{@code core} decides, {@code server} acts, {@code os} alone knows native code, {@code child} never sees
 * {@code server}. {@code HouseRulesTest} holds the walls; {@code src/docs/architecture.md} says more.
 */
@NullMarked
package dev.postmaster;

import org.jspecify.annotations.NullMarked;
