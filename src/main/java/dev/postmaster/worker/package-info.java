/**
 * What the author of a background worker sees of this server, and all of it. A worker is a class in a jar, which the
 * postmaster starts in a process of its own, restarts as its registration says, and stops before the cluster:
 *
 * <pre>{@code
 * public final class Heartbeat implements WorkerFunction {
 *     public void run(WorkerContext context) throws Exception {
 *         Database database = context.database("postgres");
 *         database.execute("create table if not exists beats (at timestamp default now())");
 *         while (true) {
 *             database.execute("insert into beats default values");
 *             context.await(Duration.ofSeconds(Long.parseLong(context.argument())));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>with, in {@code postmaster.conf},
 *
 * <pre>{@code
 * worker.heartbeat.library = 'heartbeat.jar'
 * worker.heartbeat.function = 'Heartbeat'
 * worker.heartbeat.argument = '10'
 * worker.heartbeat.database_access = on
 * }</pre>
 *
 * <p>There is no need to look for the end: a worker that is told to stop finds its thread interrupted, whatever it waits
 * for. How the function ends decides what becomes of the worker (BW-21..23): returning means that its work is done for
 * ever, an exception is logged and the worker started again after its interval, a crash of the process resets the whole
 * system, because it may have damaged the memory that all share.
 *
 * <p>Door: {@link dev.postmaster.worker.WorkerFunction}, {@link dev.postmaster.worker.WorkerContext}, and what that hands
 * out: {@link dev.postmaster.worker.Database}, {@link dev.postmaster.worker.WorkerHandle}. {@code examples/java-worker}
 * has a worker to copy.
 */
@NullMarked
package dev.postmaster.worker;

import org.jspecify.annotations.NullMarked;
