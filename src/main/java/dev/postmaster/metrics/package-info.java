/**
 * What is counted and measured, for Prometheus. {@link dev.postmaster.metrics.Metric} declares every metric;
 * {@link dev.postmaster.metrics.Meters} takes the values from the loop and shows them to whoever asks, without asking the
 * loop. The only room that knows Micrometer.
 */
@NullMarked
package dev.postmaster.metrics;

import org.jspecify.annotations.NullMarked;
