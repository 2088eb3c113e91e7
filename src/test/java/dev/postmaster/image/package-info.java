/** What the native image is told about us and our libraries, held against what they are and do. */
@NullMarked
package dev.postmaster.image;

import org.jspecify.annotations.NullMarked;
