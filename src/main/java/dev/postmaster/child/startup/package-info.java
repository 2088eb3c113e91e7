/**
 * The startup process: brings the cluster from the state it was left in to one that can serve, and ends. Door: {@link
 * dev.postmaster.child.startup.StartupMain}.
 */
@NullMarked
package dev.postmaster.child.startup;

import org.jspecify.annotations.NullMarked;
