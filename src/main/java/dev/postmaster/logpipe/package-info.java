/**
 * The chunk protocol between everybody who logs and the syslogger (LOG-9 to LOG-15; syslogger.h): how a record of any
 * size goes through one pipe that many processes write to, and comes out whole.
 *
 * <p>Door: {@link dev.postmaster.logpipe.ChunkWriter} in every process, {@link dev.postmaster.logpipe.ChunkAssembler} in
 * the syslogger, {@link dev.postmaster.logpipe.LineSplitter} for text that does not speak the protocol, and between them
 * {@link dev.postmaster.logpipe.RecordForm} and {@link dev.postmaster.logpipe.RecordOutput}. The room uses nothing but
 * {@code java.*}.
 */
@NullMarked
package dev.postmaster.logpipe;

import org.jspecify.annotations.NullMarked;
