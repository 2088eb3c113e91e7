/**
 * The settings: which there are, where their values come from, and what they are now (PostgreSQL's guc.c). Names,
 * units, defaults and reload rules are PostgreSQL's wherever PostgreSQL has the setting.
 *
 * <p>Door: {@link dev.postmaster.config.Guc} lists the {@link dev.postmaster.config.Setting}s,
 * {@link dev.postmaster.config.Settings} is one immutable set of values,
 * {@link dev.postmaster.config.SettingSources} loads and reloads it, and
 * {@link dev.postmaster.config.CommandLine} reads the arguments of the postmaster.
 */
@NullMarked
package dev.postmaster.config;

import org.jspecify.annotations.NullMarked;
