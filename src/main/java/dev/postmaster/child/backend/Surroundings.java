package dev.postmaster.child.backend;

import dev.postmaster.auth.role.EntryRules;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.ReportException;
import dev.postmaster.shmem.QuitReason;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import dev.postmaster.tls.TlsContext;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.TransactionStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a session needs of the process it runs in. Tests put something else around it. */
interface Surroundings {
    int pid();

    Settings settings();

    /** The server's settings if they were read again (SIGHUP) since this was asked last. */
    Optional<Settings> reloaded();

    Log log();

    /** The timers of the process. */
    Timeouts timeouts();

    /** The clock by which the time of the accept was taken. */
    InstantSource clock();

    /** The whole secret; older clients are given a part. */
    CancelKey cancelKey();

    Peer peer();

    /** What TLS can be had with; empty if this client cannot have it. */
    Optional<TlsContext> tls();

    /** The client, whom nobody else could hear, wants what another session does to be cancelled. */
    void cancel(Cancel request);

    /** The client, whom nobody else could hear, asks for a session. */
    void understood(Startup client);

    /**
     * Makes sure that a client is who it says, by the rule that fits it, which may mean to ask it for a password.
     *
     * @throws ReportException FATAL if it is not, or may not come in whoever it is
     */
    void authenticate(Startup who, Connection connection) throws IOException;

    /** The roles of the cluster, as they are now. */
    RoleBook roles();

    /** Changes them durably, or throws what {@code change} throws and changes nothing. */
    void changeRoles(UnaryOperator<RoleBook> change);

    /** Whether there is a database of that name. */
    boolean hasDatabase(String name);

    /** The sessions of the cluster, seen from one that has been introduced. */
    EntryRules.Sessions sessions(Startup client);

    /** Opens a database; 3D000 if there is none of that name. */
    Store open(String database, SessionFacts facts);

    /** Has the checkpointer do a checkpoint and waits for it, as far as {@code patience} lets it. */
    void checkpoint(Runnable patience);

    /**
     * The same, and for a second after it the checkpointer holds no database open: in that time one can be dropped.
     */
    void checkpointAndLetGo(Runnable patience);

    /** Has the syslogger begin new files; false if there is none. */
    boolean rotateLog();

    /** The client has said who it is. */
    void introduce(Startup client);

    /** The log follows the settings of the session. */
    void logAs(SettingValues settings);

    /** A statement begins. */
    void running(String sql);

    /** The session waits for its client. */
    void waiting(TransactionStatus transaction);

    /** Why the postmaster sent SIGQUIT, if it did. */
    QuitReason quitReason();

    /** Ends the process with this status, from any thread, with its house in order. */
    void leave(int status);

    /** Ends the process with status 2, from any thread, as it stands. */
    void quit();

    /**
     * The other end of the connection.
     *
     * @param input from the first byte the client sent; blocking
     * @param output unbuffered and blocking
     * @param host {@code [local]} on a Unix socket
     * @param port 0 on a Unix socket
     */
    record Peer(InputStream input, OutputStream output, String host, int port, Instant acceptedAt) {}
}
