/** Tests of the pure state machine: tables for the rules, exploration for everything else. */
@NullMarked
package dev.postmaster.core;

import org.jspecify.annotations.NullMarked;
