/**
 * The syslogger (syslogger.c, spec §6): drains the pipe that every process logs to into files, begins new files when it
 * is time, and sends the records that the console shall show back to the postmaster. It outlives everybody who may still
 * say something: it leaves at the end of the pipe and on no signal (LOG-6, LOG-7).
 *
 * <p>{@link dev.postmaster.child.syslogger.SysLoggerMain} is the door. {@code RotationRule} decides, {@code FileKeeper}
 * and {@code LogFiles} act. Two threads: {@code main} reads the pipe, {@code clerk} wakes for signals and the clock; both
 * work under the lock of {@code Drain}.
 */
@NullMarked
package dev.postmaster.child.syslogger;

import org.jspecify.annotations.NullMarked;
