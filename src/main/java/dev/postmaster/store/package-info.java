/**
 * SQLite under PostgreSQL's processes. One open database file is one {@link dev.postmaster.store.Store}: it takes SQL in
 * SQLite's dialect with the PostgreSQL spellings that real clients send on their own, runs it, and answers with
 * PostgreSQL's types, command tags and error codes. Only children use this room, so it is plain Java that loads few
 * classes.
 *
 * <p>The door: {@code Store} (opened with {@code StoreOptions}), {@code Statement}, {@code Rows} and {@code Column} for a
 * session, with {@code sql.Kind}, {@code type.PgType}, {@code type.TypeCodec}, {@code type.SizeLimit} and the room {@code
 * copy}; {@code DatabaseFile} with {@code CheckpointMode} and {@code CheckpointResult}, and {@code Databases}, for the
 * children that keep the cluster.
 */
@NullMarked
package dev.postmaster.store;

import org.jspecify.annotations.NullMarked;
