package dev.postmaster.server;

import dev.postmaster.core.ShutdownMode;

/**
 * What people may ask of a running postmaster, and otherwise ask by signals and files (SG-1 to SG-4, SG-27). Any thread; each
 * request is heard by the loop in its turn, and nobody waits for it.
 */
public interface Requests {
    /** As SIGHUP does. */
    void reload();

    /** As the file {@code logrotate} does. */
    void rotateLog();

    /**
     * As SIGTERM, SIGINT and SIGQUIT do.
     *
     * @param mode not {@code NONE}
     */
    void stop(ShutdownMode mode);

    /** Ends a session, as {@code pg_terminate_backend} does; nothing happens to a process that is no backend of ours. */
    void terminate(int backend);

    /** As the file {@code worker_requests/NAME.start} does. */
    void startWorker(String name);

    /** As the file {@code worker_requests/NAME.stop} does. */
    void stopWorker(String name);
}
