/**
 * Creates a cluster, the way PostgreSQL's initdb does: a private directory with everything the postmaster and its children
 * expect, durable before anybody hears of success. The door: {@code InitDb}, the
 * command {@code init -D DIR}.
 */
@NullMarked
package dev.postmaster.initdb;

import org.jspecify.annotations.NullMarked;
