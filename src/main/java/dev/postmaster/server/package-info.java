/**
 * The hall: one Vert.x event loop that owns all mutable state of the supervisor, and the desks around it that turn what
 * happens outside into events. It acts and never decides: {@code core.Transition} does.
 */
@NullMarked
package dev.postmaster.server;

import org.jspecify.annotations.NullMarked;
