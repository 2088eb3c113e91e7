/**
 * What can be known of a running postmaster without asking it: what it says of itself ({@code cluster.StatusFile}), what
 * {@code /proc} shows, and what its children say in the shared segment. The control tool and the admin API look through the
 * same glass, so that they cannot disagree.
 *
 * <p>Door: {@link dev.postmaster.inspection.Inspection}.
 */
@NullMarked
package dev.postmaster.inspection;

import org.jspecify.annotations.NullMarked;
