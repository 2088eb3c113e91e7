package dev.postmaster.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who writes to the log.
 *
 * @param backendType PostgreSQL's word: {@code postmaster}, {@code client backend}, {@code checkpointer} (LOG-25)
 * @param session the client served; null in a process that serves none, or does not know it yet
 */
public record LogSource(
        int pid,
        String backendType,
        Instant startedAt,
        @Nullable Session session) {

    public static LogSource of(int pid, String backendType, Instant startedAt) {
        return new LogSource(pid, backendType, startedAt, null);
    }

    public LogSource serving(Session client) {
        return new LogSource(pid, backendType, startedAt, client);
    }

    /** The session's number: start and pid in hexadecimal (%c of LOG-21). */
    String sessionId() {
        return Long.toHexString(startedAt.getEpochSecond()) + "." + Integer.toHexString(pid);
    }

    /**
     * The client of a session; empty strings where it said nothing yet.
     *
     * @param remotePort 0 for a client on a Unix socket, whose host is {@code [local]}
     * @param command what {@code ps} would show the session do: {@code idle}, {@code SELECT}
     */
    public record Session(
            String user, String database, String application, String remoteHost, int remotePort, String command) {

        /** A client that said nothing yet. */
        public static Session from(String remoteHost, int remotePort) {
            return new Session("", "", "", remoteHost, remotePort, "");
        }

        /** Null where csv and JSON have nothing: the client did not say yet who it is. */
        @Nullable
        String userIfKnown() {
            return user.isEmpty() ? null : user;
        }

        /** The same for the database. */
        @Nullable
        String databaseIfKnown() {
            return database.isEmpty() ? null : database;
        }

        /** The same client with another command. */
        public Session doing(String other) {
            return new Session(user, database, application, remoteHost, remotePort, other);
        }

        /** The same client under another {@code application_name}. */
        public Session as(String other) {
            return new Session(user, database, other, remoteHost, remotePort, command);
        }
    }
}
