/** Tests of what is counted and how it is called. */
@NullMarked
package dev.postmaster.metrics;

import org.jspecify.annotations.NullMarked;
