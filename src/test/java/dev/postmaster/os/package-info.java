/** Every word of the os room against the kernel this runs on; only {@code DescriptorMoves} and parsing are tested alone. */
@NullMarked
package dev.postmaster.os;

import org.jspecify.annotations.NullMarked;
