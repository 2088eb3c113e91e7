package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;
import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.auth.role.EntryRules;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.child.ChildContext;
import dev.postmaster.cluster.RolesFile;
import dev.postmaster.config.Guc;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.Settings;
import dev.postmaster.config.SynchronousCommit;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.BackendStartup;
import dev.postmaster.launch.BackendWord;
import dev.postmaster.launch.ChildDescriptors;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.shmem.ActivityState;
import dev.postmaster.shmem.CheckpointFlag;
import dev.postmaster.shmem.CheckpointRequests;
import dev.postmaster.shmem.PmSignal;
import dev.postmaster.shmem.QuitReason;
import dev.postmaster.shmem.SessionIdentity;
import dev.postmaster.shmem.SlotCounter;
import dev.postmaster.store.Databases;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import dev.postmaster.tls.TlsContext;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.TransactionStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The surroundings of one session in a backend process: shared slot, log, cluster, and ways out. */
final class BackendProcess implements Surroundings {
    private static final int CRASHED = 2;
    private static final int CHECKPOINT_POLL_MILLIS = 10;

    private static final Set<CheckpointFlag> AT_ONCE =
            EnumSet.of(CheckpointFlag.IMMEDIATE, CheckpointFlag.FORCE, CheckpointFlag.WAIT);

    private static final Set<CheckpointFlag> AT_ONCE_AND_LET_GO =
            EnumSet.of(CheckpointFlag.IMMEDIATE, CheckpointFlag.FORCE, CheckpointFlag.WAIT, CheckpointFlag.LET_GO);

    private final ChildContext context;
    private final Os os;
    private final Visit visit;
    private final BackendStartup told;
    private final InstantSource clock = InstantSource.system();
    private final int pid;
    private final Peer peer;

    /**
     * What differs from client to client.
     *
     * @param clients the way back to the postmaster
     * @param settings of the process
     * @param tls of the process
     * @param timeouts of the process; none is set
     * @param access what the process knows of who may come in
     */
    record Visit(
            BackendStartup told,
            Clients clients,
            ServerSettings settings,
            ServerTls tls,
            Timeouts timeouts,
            AccessFiles access) {}

    BackendProcess(ChildContext context, Os os, Visit visit) {
        this.context = context;
        this.os = os;
        this.visit = visit;
        this.told = visit.told();
        this.pid = os.thisProcess().pid();
        this.peer = new Peer(
                input(context, told.firstBytes()),
                context.clientOutput(),
                told.remoteHost(),
                told.remotePort(),
                Instant.EPOCH.plus(told.acceptedAtMicros(), ChronoUnit.MICROS));
        context.log().source(source(LogSource.Session.from(peer.host(), peer.port())));
    }

    /** One that knows how much there is in all, which is asked when plain text ends. */
    private static InputStream input(ChildContext context, byte[] firstBytes) {
        var input = new PushbackInputStream(context.clientInput(), Math.max(1, firstBytes.length));
        try {
            input.unread(firstBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return input;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public Settings settings() {
        return visit.settings().current();
    }

    @Override
    public Optional<Settings> reloaded() {
        return visit.settings().reloaded();
    }

    @Override
    public Timeouts timeouts() {
        return visit.timeouts();
    }

    @Override
    public Log log() {
        return context.log();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public CancelKey cancelKey() {
        return new CancelKey(told.cancelKey());
    }

    @Override
    public Peer peer() {
        return peer;
    }

    /** As PostgreSQL: there is nobody between us and the other end of a Unix socket. */
    @Override
    public Optional<TlsContext> tls() {
        return peer.port() == 0 ? Optional.empty() : visit.tls().current();
    }

    @Override
    public void cancel(Cancel request) {
        visit.clients()
                .tell(new BackendWord.Cancels(request.pid(), request.key().bytes()));
    }

    @Override
    public void understood(Startup client) {
        visit.clients()
                .tell(new BackendWord.Speaks(
                        client.version().major(), client.version().minor()));
    }

    @Override
    public void authenticate(Startup who, Connection connection) throws IOException {
        new Authentication(connection, visit.access(), this::systemUser).run(who);
    }

    private String systemUser() {
        int user = os.sockets()
                .peerCredentials(Fd.lent(ChildDescriptors.CLIENT_SOCKET))
                .uid();
        return os.users()
                .name(user)
                .orElseThrow(() -> new ReportException(fatal(
                        SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                        "could not look up local user ID " + user + ": user does not exist")));
    }

    @Override
    public RoleBook roles() {
        return visit.access().roles();
    }

    @Override
    public void changeRoles(UnaryOperator<RoleBook> change) {
        RolesFile.change(context.layout(), change);
    }

    @Override
    public boolean hasDatabase(String name) {
        return Databases.exists(context.layout().base(), name);
    }

    @Override
    public EntryRules.Sessions sessions(Startup client) {
        return SessionCount.in(context.shared().segment(), client, settings().get(Guc.MAX_CONNECTIONS));
    }

    @Override
    public Store open(String database, SessionFacts facts) {
        return Store.open(new StoreOptions(
                context.layout().base(),
                database,
                StoreOptions.DEFAULT_LOCK_TIMEOUT_MILLIS,
                settings().get(Guc.SYNCHRONOUS_COMMIT) != SynchronousCommit.OFF,
                facts));
    }

    @Override
    public void checkpoint(Runnable patience) {
        request(AT_ONCE, patience);
    }

    @Override
    public void checkpointAndLetGo(Runnable patience) {
        request(AT_ONCE_AND_LET_GO, patience);
    }

    @Override
    public boolean rotateLog() {
        boolean collected = settings().get(Guc.LOGGING_COLLECTOR);
        if (collected) {
            context.shared().postmaster().send(PmSignal.ROTATE_LOGFILE);
        }
        return collected;
    }

    /** As RequestCheckpoint does: waits for the one that takes the request, and fails if it failed. */
    private void request(Set<CheckpointFlag> flags, Runnable patience) {
        CheckpointRequests requests = context.shared().segment().checkpoints();
        long failures = requests.failures();
        long number = requests.request(flags);
        wakeCheckpointer(requests.checkpointerPid());
        while (!requests.isDone(number)) {
            patience.run();
            pause();
        }
        if (requests.failures() != failures) {
            throw new ReportException(error(SqlState.INTERNAL_ERROR, "checkpoint request failed")
                    .report()
                    .withHint("Consult recent messages in the server log for details."));
        }
    }

    /** One that is just starting will see the request without it. */
    private void wakeCheckpointer(int checkpointer) {
        if (checkpointer > 1) {
            os.signals().send(new Pid(checkpointer), Sig.INT);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(CHECKPOINT_POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void introduce(Startup client) {
        String application = client.settings().getOrDefault(SettingTable.APPLICATION_NAME, "");
        context.log()
                .source(source(new LogSource.Session(
                        client.user(), client.database(), application, peer.host(), peer.port(), "startup")));
        context.shared().slot().activate(pid);
        context.shared().slot().add(SlotCounter.SESSIONS, 1);
        String remote = peer.port() == 0 ? peer.host() : peer.host() + "(" + peer.port() + ")";
        context.shared()
                .slot()
                .session()
                .begin(new SessionIdentity(client.user(), client.database(), application, remote), clock.instant());
    }

    /** The session began when it was accepted, for every line of its log. */
    private LogSource source(LogSource.Session session) {
        return LogSource.of(pid, context.kind().backendType(), peer.acceptedAt())
                .serving(session);
    }

    @Override
    public void logAs(SettingValues settings) {
        context.log().format(LogSettings.format(settings.server()));
        context.log().application(settings.get(SettingTable.APPLICATION_NAME));
    }

    @Override
    public void running(String sql) {
        context.log().doing(StatementWords.tag(sql));
        context.shared().slot().session().running(sql, clock.instant());
    }

    @Override
    public void waiting(TransactionStatus transaction) {
        ActivityState state =
                switch (transaction) {
                    case IDLE -> ActivityState.IDLE;
                    case IN_TRANSACTION -> ActivityState.IDLE_IN_TRANSACTION;
                    case FAILED -> ActivityState.IDLE_IN_TRANSACTION_ABORTED;
                };
        context.ready();
        context.log().doing(command(transaction));
        context.shared().slot().session().enter(state, clock.instant());
    }

    /** PostgreSQL's words in {@code ps}. */
    private static String command(TransactionStatus waiting) {
        return switch (waiting) {
            case IDLE -> "idle";
            case IN_TRANSACTION -> "idle in transaction";
            case FAILED -> "idle in transaction (aborted)";
        };
    }

    @Override
    public QuitReason quitReason() {
        return context.shared().segment().quitReason();
    }

    /** The session is over: its slot needs no cleaning up, and what is logged from now on is not in its name. */
    void forget() {
        context.shared().slot().deactivate();
        context.log().source(LogSource.of(pid, context.kind().backendType(), clock.instant()));
        context.log().format(LogSettings.format(settings()));
    }

    @Override
    public void leave(int status) {
        context.shared().slot().deactivate();
        os.thisProcess().exit(status);
    }

    @Override
    public void quit() {
        os.thisProcess().exit(CRASHED);
    }
}
