package dev.postmaster.child.backend;

import dev.postmaster.auth.role.EntryRules;
import dev.postmaster.auth.role.Role;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.child.ChildContext;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.shmem.QuitReason;
import dev.postmaster.store.Databases;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import dev.postmaster.store.StoreOptions;
import dev.postmaster.tls.TlsContext;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.TransactionStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A short session with nobody, before the first client comes: what a JVM does when something is done for the first time is
 * done then. Nobody sees it: it says nothing to the slot, to the log only that it failed, and reads no table.
 */
final class Rehearsal implements Surroundings {
    private static final int PROTOCOL_3_0 = 196_608;
    private static final String DATABASE = "postgres";

    private final ChildContext context;
    private final Settings settings;
    private final Timeouts timeouts;
    private final AccessFiles access;
    private final Peer peer;
    private @Nullable Report trouble;

    Rehearsal(ChildContext context, Settings settings, Timeouts timeouts, AccessFiles access) {
        this.context = context;
        this.settings = settings;
        this.timeouts = timeouts;
        this.access = access;
        this.peer = new Peer(
                new ByteArrayInputStream(script(superuser(access))),
                OutputStream.nullOutputStream(),
                "[local]",
                0,
                clock().instant());
    }

    /** A client that comes later is none the worse for a rehearsal that went wrong, but slower served. */
    void run() {
        try {
            new Backend(this).run();
        } catch (RuntimeException e) {
            trouble = Report.of(Severity.ERROR, e.toString());
        } finally {
            timeouts.disableAll();
        }
        if (trouble != null) {
            context.log().report(Report.of(Severity.DEBUG1, "rehearsal of a session failed: " + trouble.message()));
        }
    }

    private void note(Report report) {
        if (report.severity().compareTo(Severity.ERROR) >= 0) {
            trouble = report;
        }
    }

    /** Both ways to run a statement, then goodbye. */
    private static String superuser(AccessFiles access) {
        return access.roles().find(Role.BOOTSTRAP).map(Role::name).orElse("");
    }

    private static byte[] script(String user) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            byte[] who = text("user", user, "database", DATABASE, "");
            out.writeInt(2 * Integer.BYTES + who.length);
            out.writeInt(PROTOCOL_3_0);
            out.write(who);
            message(out, 'Q', text("select 1"));
            message(out, 'P', text("", "select 1", "", "")); // the last two zero bytes: no parameters
            message(out, 'B', new byte[2 + 3 * Short.BYTES]);
            message(out, 'D', text("P"));
            message(out, 'E', new byte[1 + Integer.BYTES]);
            message(out, 'S');
            message(out, 'X');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void message(DataOutputStream out, char type, byte... body) throws IOException {
        out.writeByte(type);
        out.writeInt(Integer.BYTES + body.length);
        out.write(body);
    }

    private static byte[] text(String... words) {
        return (String.join("\0", words) + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Peer peer() {
        return peer;
    }

    /** Nobody is asked anything, but the first client finds the files read and the way to them known. */
    @Override
    public void authenticate(Startup who, Connection connection) {
        new Authentication(connection, access, who::user).rehearse(who);
    }

    @Override
    public RoleBook roles() {
        return access.roles();
    }

    @Override
    public void changeRoles(UnaryOperator<RoleBook> change) {}

    @Override
    public boolean hasDatabase(String name) {
        return Databases.exists(context.layout().base(), name);
    }

    @Override
    public EntryRules.Sessions sessions(Startup client) {
        return SessionCount.in(context.shared().segment(), client, settings.get(Guc.MAX_CONNECTIONS));
    }

    @Override
    public Optional<TlsContext> tls() {
        return Optional.empty();
    }

    @Override
    public void cancel(Cancel request) {}

    @Override
    public void understood(Startup client) {}

    @Override
    public Store open(String database, SessionFacts facts) {
        return Store.open(new StoreOptions(
                context.layout().base(), database, StoreOptions.DEFAULT_LOCK_TIMEOUT_MILLIS, true, facts));
    }

    @Override
    public int pid() {
        return (int) ProcessHandle.current().pid();
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Optional<Settings> reloaded() {
        return Optional.empty();
    }

    @Override
    public Log log() {
        return this::note;
    }

    @Override
    public Timeouts timeouts() {
        return timeouts;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public CancelKey cancelKey() {
        return new CancelKey(new byte[CancelKey.FULL_LENGTH]);
    }

    @Override
    public void checkpoint(Runnable patience) {}

    @Override
    public void checkpointAndLetGo(Runnable patience) {}

    @Override
    public boolean rotateLog() {
        return false;
    }

    @Override
    public void introduce(Startup client) {}

    @Override
    public void logAs(SettingValues values) {}

    @Override
    public void running(String sql) {}

    @Override
    public void waiting(TransactionStatus transaction) {}

    @Override
    public QuitReason quitReason() {
        return QuitReason.NOT_SENT;
    }

    @Override
    public void leave(int status) {}

    @Override
    public void quit() {}
}
