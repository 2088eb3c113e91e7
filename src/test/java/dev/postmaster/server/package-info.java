/** Tests of the hall's desks, each with doubles for its neighbours. */
@NullMarked
package dev.postmaster.server;

import org.jspecify.annotations.NullMarked;
