/**
 * SQL as text: cut into tokens, split into statements, understood as far as a session must, and translated from
 * PostgreSQL's spellings to SQLite's. Pure: text in, text out; no connection is needed to test a rule. The door:
 * {@code Splitter}, {@code Dialect}, {@code Translation} and {@code Kind}.
 */
@NullMarked
package dev.postmaster.store.sql;

import org.jspecify.annotations.NullMarked;
