/**
 * The control tool, {@code bin/pmctl}: pg_ctl's twin (pg_ctl.c), and {@code ps}, {@code why} and {@code log} beside it. A
 * program of its own in plain Java, which a person or an orchestrator's hook runs: it starts fast, needs no HTTP and
 * takes its facts from the files of the cluster, from {@code /proc} and from the shared segment.
 *
 * <p>It speaks to the postmaster by signals and by two files, {@code promote} and {@code logrotate}; it reads
 * {@code postmaster.pid}, {@code postmaster.opts}, {@code postmaster.status} and {@code current_logfiles}.
 *
 * <p>Door: {@link dev.postmaster.ctl.Ctl}.
 */
@NullMarked
package dev.postmaster.ctl;

import org.jspecify.annotations.NullMarked;
