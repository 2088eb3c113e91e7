/**
 * PostgreSQL's types: their OIDs, the types SQLite's declarations stand for, and how values travel. Pure; knows neither
 * SQL nor SQLite's library. The door: {@code PgType}, {@code DeclaredType}, {@code TypeCodec}.
 */
@NullMarked
package dev.postmaster.store.type;

import org.jspecify.annotations.NullMarked;
