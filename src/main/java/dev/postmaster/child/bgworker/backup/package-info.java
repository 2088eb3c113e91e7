/**
 * The worker that comes with the server: copies databases while they are in use, by the clock, and keeps the newest
 * copies. {@link dev.postmaster.child.bgworker.backup.BackupFunction} is the door.
 */
@NullMarked
package dev.postmaster.child.bgworker.backup;

import org.jspecify.annotations.NullMarked;
