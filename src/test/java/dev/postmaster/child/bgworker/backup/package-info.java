/** The backup worker against databases in use. */
@NullMarked
package dev.postmaster.child.bgworker.backup;

import org.jspecify.annotations.NullMarked;
