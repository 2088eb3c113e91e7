/**
 * Training: runs a postmaster of its own for a moment, with a client, to learn which classes children need, and writes
 * them, loaded and linked, into the AOT cache that {@link dev.postmaster.launch.ChildJvm} starts children with.
 *
 * <p>Part of the build, and a command of its own for a JDK that came later: the cache fits one JDK and one class path.
 *
 * <p>Door: {@link dev.postmaster.training.Training}.
 */
@NullMarked
package dev.postmaster.training;

import org.jspecify.annotations.NullMarked;
