/**
 * What is said to people: one {@link dev.postmaster.report.Report} is one message with its severity, SQLSTATE and
 * parts, whether it ends in a log or at a client (PostgreSQL's elog.c). The room uses {@code java.*} and the pipe's
 * protocol.
 *
 * <p>Door: {@link dev.postmaster.report.Report}, {@link dev.postmaster.report.Severity},
 * {@link dev.postmaster.report.SqlState}, {@link dev.postmaster.report.ReportException} (the one exception that carries
 * a message), {@link dev.postmaster.report.FileErrors} (what went wrong with a file, in libc's words),
 * {@link dev.postmaster.report.Log}, and the log of a process, {@link dev.postmaster.report.ProcessLog}, with
 * {@link dev.postmaster.report.LogFormat}, {@link dev.postmaster.report.LogDestination} and
 * {@link dev.postmaster.report.LogSource}. {@link dev.postmaster.report.JsonLine} is for others who write such lines.
 */
@NullMarked
package dev.postmaster.report;

import org.jspecify.annotations.NullMarked;
