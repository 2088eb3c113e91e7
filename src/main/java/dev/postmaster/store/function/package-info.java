/**
 * PostgreSQL's functions that SQLite lacks, in plain Java, found by name. The door: {@code Functions}, {@code Body} and
 * {@code Surroundings}.
 */
@NullMarked
package dev.postmaster.store.function;

import org.jspecify.annotations.NullMarked;
