/** Test. */
@NullMarked
package dev.postmaster;

import org.jspecify.annotations.NullMarked;
