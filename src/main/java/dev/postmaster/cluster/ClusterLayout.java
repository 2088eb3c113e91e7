package dev.postmaster.cluster;

import java.nio.file.Path;

/**
 * Where the files of a cluster lie.
 *
 * @param dataDirectory absolute and normalized
 */
public record ClusterLayout(Path dataDirectory) {

    public ClusterLayout {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /** The databases, one file each. */
    public Path base() {
        return dataDirectory.resolve("base");
    }

    /** The SQLite file of a database; its log and index lie beside it. */
    public Path database(String name) {
        return base().resolve(name + ".db");
    }

    /** What belongs to the cluster as a whole. */
    public Path global() {
        return dataDirectory.resolve("global");
    }

    public Path controlFile() {
        return global().resolve("pg_control");
    }

    /** Roles and their rights; see {@link RolesFile}. */
    public Path rolesFile() {
        return global().resolve("pg_authid");
    }

    /** Locked by a process while it changes a role. */
    public Path rolesLockFile() {
        return global().resolve("pg_authid.lock");
    }

    /** Locked by every process that uses the cluster; see {@link Attachment}. */
    public Path attachFile() {
        return global().resolve("attach.lock");
    }

    /** Locked by a child while it registers a background worker. */
    public Path workerLockFile() {
        return global().resolve("worker.lock");
    }

    /** Segments of committed log, for archiving and replication. */
    public Path wal() {
        return dataDirectory.resolve("wal");
    }

    public Path log() {
        return dataDirectory.resolve("log");
    }

    /** Parameter blocks on their way to a child; swept at start. */
    public Path temporary() {
        return dataDirectory.resolve("pgsql_tmp");
    }

    public Path versionFile() {
        return dataDirectory.resolve("PM_VERSION");
    }

    public Path lockFile() {
        return dataDirectory.resolve("postmaster.pid");
    }

    public Path optionsFile() {
        return dataDirectory.resolve("postmaster.opts");
    }

    /** What the running postmaster says of itself; see {@link StatusFile}. */
    public Path statusFile() {
        return dataDirectory.resolve("postmaster.status");
    }

    /** Where the log is now; see LOG-33. */
    public Path currentLogFiles() {
        return dataDirectory.resolve("current_logfiles");
    }

    /** Asks the postmaster for new log files (SG-27, row 5). */
    public Path logrotateRequest() {
        return dataDirectory.resolve("logrotate");
    }

    /** Asks the postmaster to promote a standby (SG-27, row 10). */
    public Path promoteRequest() {
        return dataDirectory.resolve("promote");
    }

    /** Where tools leave their requests for background workers. */
    public Path workerRequests() {
        return dataDirectory.resolve("worker_requests");
    }

    /** Asks the postmaster to start this background worker. */
    public Path workerStart(String worker) {
        return workerRequests().resolve(worker + ".start");
    }

    /** Asks the postmaster to stop this background worker. */
    public Path workerStop(String worker) {
        return workerRequests().resolve(worker + ".stop");
    }

    public Path configFile() {
        return dataDirectory.resolve("postmaster.conf");
    }

    public Path hbaFile() {
        return dataDirectory.resolve("pg_hba.conf");
    }

    public Path identFile() {
        return dataDirectory.resolve("pg_ident.conf");
    }
}
