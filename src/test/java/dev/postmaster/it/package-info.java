/**
 * Integration tests: a packaged postmaster as a real process, driven by real clients. One story per test. The harness
 * is {@link dev.postmaster.it.RunningPostmaster}; {@link dev.postmaster.it.Proc} is what the kernel says about it.
 */
@NullMarked
package dev.postmaster.it;

import org.jspecify.annotations.NullMarked;
