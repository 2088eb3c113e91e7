/**
 * One client's process: the startup packet, the session over a {@link dev.postmaster.store.Store}, and the end of both
 * (PostgreSQL's backend_startup.c and postgres.c). {@link dev.postmaster.child.backend.BackendMain} is the door.
 *
 * <p>Threads. {@code main} runs the session and is the only one to use the store, the encoder and the decoder. {@code
 * signals}, {@code parent-watch} and {@code timeouts} reach it through {@link dev.postmaster.child.backend.Interrupts};
 * {@link dev.postmaster.child.backend.Turn} says which of them may end the session at any moment.
 *
 * <p>No pattern switch, no lambda-heavy code and no formatter is used on the way to the client's first answer: each costs
 * a new process milliseconds, and every client waits for a process of its own.
 */
@NullMarked
package dev.postmaster.child.backend;

import org.jspecify.annotations.NullMarked;
