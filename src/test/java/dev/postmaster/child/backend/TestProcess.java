package dev.postmaster.child.backend;

import dev.postmaster.auth.role.EntryRules;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.shmem.QuitReason;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import dev.postmaster.tls.TlsContext;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupPacket.Startup;
import dev.postmaster.wire.TransactionStatus;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stands in for the process of a backend: its end is the end of the connection, and everything said is kept. */
final class TestProcess implements Surroundings {
    static final int PID = 4711;
    static final Instant ACCEPTED = Instant.parse("2026-11-22T17:00:00Z");

    final List<Report> logged = new CopyOnWriteArrayList<>();
    final List<String> activity = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    volatile QuitReason quitReason = QuitReason.NOT_SENT;
    final AtomicInteger checkpoints = new AtomicInteger();

    /** How often something was written to the client. */
    final AtomicInteger writes = new AtomicInteger();

    /** What the log was told to follow. */
    volatile @Nullable SettingValues logSettings;

    private final Timeouts timeouts = new Timeouts();
    /** What a reload has brought, until the session takes it. */
    final AtomicReference<@Nullable Settings> newSettings = new AtomicReference<>();

    /** What the server has for TLS. */
    volatile @Nullable TlsContext tls;

    private final Socket socket;
    private final Peer peer;
    private final Settings settings;
    private final BiFunction<String, SessionFacts, Store> stores;

    /** Who there is; alice may do everything. */
    volatile RoleBook book = RoleBook.initial("alice", Optional.empty());

    TestProcess(Socket socket, InputStream in, Settings settings, BiFunction<String, SessionFacts, Store> stores)
            throws IOException {
        this.socket = socket;
        this.peer = new Peer(in, counted(socket.getOutputStream()), "127.0.0.1", 50_000, ACCEPTED);
        this.settings = settings;
        this.stores = stores;
    }

    private OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                writes.incrementAndGet();
                out.write(bytes, from, length);
            }
        };
    }

    /** Runs a backend on this thread, from the first byte to the exit. */
    void run(Backend backend) {
        int status = backend.run();
        end(status);
    }

    List<String> messages() {
        return logged.stream().map(Report::message).toList();
    }

    @Override
    public int pid() {
        return PID;
    }

    @Override
    public Optional<TlsContext> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    public void cancel(Cancel request) {
        activity.add("cancel of " + request.pid());
    }

    @Override
    public void understood(Startup client) {
        activity.add("understood " + client.user());
    }

    @Override
    public boolean rotateLog() {
        return false;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Optional<Settings> reloaded() {
        return Optional.ofNullable(newSettings.getAndSet(null));
    }

    @Override
    public Log log() {
        return logged::add;
    }

    @Override
    public Timeouts timeouts() {
        return timeouts;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(ACCEPTED.plusMillis(3_723_004));
    }

    @Override
    public CancelKey cancelKey() {
        byte[] secret = new byte[CancelKey.FULL_LENGTH];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        return new CancelKey(secret);
    }

    @Override
    public Peer peer() {
        return peer;
    }

    /** Whoever connects in a test is who it says. */
    @Override
    public void authenticate(Startup who, Connection connection) {}

    @Override
    public RoleBook roles() {
        return book;
    }

    @Override
    public void changeRoles(UnaryOperator<RoleBook> change) {
        book = change.apply(book);
    }

    @Override
    public boolean hasDatabase(String name) {
        return true;
    }

    @Override
    public EntryRules.Sessions sessions(Startup client) {
        return new EntryRules.Sessions(1, 1, 100);
    }

    @Override
    public Store open(String database, SessionFacts facts) {
        return stores.apply(database, facts);
    }

    @Override
    public void checkpoint(Runnable patience) {
        patience.run();
        checkpoints.incrementAndGet();
    }

    @Override
    public void checkpointAndLetGo(Runnable patience) {
        checkpoint(patience);
        activity.add("let go");
    }

    @Override
    public void introduce(Startup client) {
        activity.add("hello " + client.user());
    }

    @Override
    public void logAs(SettingValues settings) {
        logSettings = settings;
    }

    @Override
    public void running(String sql) {
        activity.add("run " + sql);
    }

    @Override
    public void waiting(TransactionStatus transaction) {
        activity.add("wait " + transaction);
    }

    @Override
    public QuitReason quitReason() {
        return quitReason;
    }

    @Override
    public void leave(int status) {
        end(status);
    }

    @Override
    public void quit() {
        end(2);
    }

    private void end(int status) {
        exit.complete(status);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
