/** Workers in real processes, as the postmaster launches them. */
@NullMarked
package dev.postmaster.child.bgworker;

import org.jspecify.annotations.NullMarked;
