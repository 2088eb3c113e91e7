/**
 * Creates a cluster: the directory that a postmaster serves (initdb). Door: {@link dev.postmaster.initdb.InitDb}, the
 * command {@code init -D DIR}.
 */
@NullMarked
package dev.postmaster.initdb;

import org.jspecify.annotations.NullMarked;
