/**
 * The admin API, over HTTP on the management port, below {@code /api/v1}: how the postmaster is, and the requests that signals
 * and {@code pmctl} make. An answer is made of what the loop has posted on the status board, of {@code /proc} and of the
 * shared segment, on a worker thread; a request is left at the reception, and nobody waits for the loop.
 *
 * <p>{@link dev.postmaster.admin.AdminDoor} lets people in by the {@link dev.postmaster.admin.AccessRules}, finds the
 * {@link dev.postmaster.admin.Endpoint}, and sends what {@link dev.postmaster.admin.Views} or
 * {@link dev.postmaster.admin.Actions} answer. {@code openapi.yaml} describes it all. {@link dev.postmaster.admin.PageDoor} serves the
 * page, which is a client of the API.
 */
@NullMarked
package dev.postmaster.admin;

import org.jspecify.annotations.NullMarked;
