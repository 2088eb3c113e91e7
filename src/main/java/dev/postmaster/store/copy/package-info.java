/**
 * The two forms in which COPY carries rows, text and CSV, as copyfromparse.c reads and copyto.c writes them. Pure: bytes
 * and strings, no connection. The door: {@code CopyFormat}, {@code CopyReader} and {@code CopyWriter}.
 */
@NullMarked
package dev.postmaster.store.copy;

import org.jspecify.annotations.NullMarked;
