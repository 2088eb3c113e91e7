/**
 * Launching: one way to make a child, and what a child is told when it is born.
 *
 * <p>Ancestor: {@code launch_backend.c}. {@link dev.postmaster.launch.ChildLauncher} is its {@code
 * postmaster_child_launch}, {@link dev.postmaster.launch.ParameterBlock} its {@code BackendParameters}, {@link
 * dev.postmaster.launch.StartupData} the variable part behind it. Where PostgreSQL writes the block to a file, this room
 * prefers a sealed memfd (its Windows variant uses a mapped file for the same purpose) and keeps the file for systems
 * that refuse one.
 *
 * <p>Door: {@link dev.postmaster.launch.ChildLauncher} with {@link dev.postmaster.launch.ChildProgram}, {@link
 * dev.postmaster.launch.ChildJvm}, {@link dev.postmaster.launch.Installation} and {@link
 * dev.postmaster.launch.LaunchGround} for the postmaster; {@link dev.postmaster.launch.Program} with {@link
 * dev.postmaster.launch.ProgramStreams} for children that are none of ours; {@link dev.postmaster.launch.ParameterBlock}, {@link
 * dev.postmaster.launch.ParameterSource} and the {@link dev.postmaster.launch.StartupData} records for both sides; {@link
 * dev.postmaster.launch.ChildDescriptors} for the numbers; {@link dev.postmaster.launch.TempFileSweep} once at start.
 */
@NullMarked
package dev.postmaster.launch;

import org.jspecify.annotations.NullMarked;
