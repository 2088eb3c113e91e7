package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Pid;
import dev.postmaster.wire.CancelKey;
import org.jspecify.annotations.Nullable;

/**
 * A child that lives, or is not reaped yet.
 *
 * @param slot its slot in the shared segment, from 1
 * @param cancelKey what a client must show to cancel its statement; only a backend has one
 */
record Child(Pid pid, ChildKind kind, int slot, @Nullable CancelKey cancelKey) {}
