/**
 * The data directory as files, seen without any database: where things lie, who may use it, who is using it, and what
 * state it was left in. Everything here is plain {@code java.nio}.
 *
 * <p>Door: {@link dev.postmaster.cluster.ClusterLayout} names the files, {@link dev.postmaster.cluster.DataDirectory}
 * checks that they are ours, {@link dev.postmaster.cluster.LockFile} keeps a second postmaster out,
 * {@link dev.postmaster.cluster.Attachment} keeps it out while children of a dead one still live,
 * {@link dev.postmaster.cluster.ControlFile} remembers how the cluster was left,
 * {@link dev.postmaster.cluster.RolesFile} who there is, and
 * {@link dev.postmaster.cluster.DurableFiles} replaces files so that a crash leaves the old or the new one.
 */
@NullMarked
package dev.postmaster.cluster;

import org.jspecify.annotations.NullMarked;
