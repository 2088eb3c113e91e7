/**
 * The checkpointer: the only process that moves log into database files. {@link
 * dev.postmaster.child.checkpointer.CheckpointerMain} is the door; when a checkpoint is due is decided by {@code
 * CheckpointSchedule}, which knows no clock.
 */
@NullMarked
package dev.postmaster.child.checkpointer;

import org.jspecify.annotations.NullMarked;
