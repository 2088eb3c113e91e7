package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import dev.postmaster.wire.ProtocolVersion;
import dev.postmaster.wire.StartupDecoder;
import dev.postmaster.wire.StartupPacket.Cancel;
import dev.postmaster.wire.StartupResult;
import dev.postmaster.wire.StartupResult.Complete;
import dev.postmaster.wire.StartupResult.NeedMore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Gives every client on a loopback port a backend on a thread of its own. */
final class TestServer implements AutoCloseable {
    /** A backend and the process around it. */
    record Served(Backend backend, TestProcess process) {
        Interrupts interrupts() {
            return backend.interrupts();
        }

        private void cancelIf(Cancel request) {
            if (request.pid() == TestProcess.PID
                    && request.key().equals(process.cancelKey().asGivenTo(new ProtocolVersion(3, 0)))) {
                interrupts().cancel();
            }
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Served> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Served> served = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> backends = new CopyOnWriteArrayList<>();
    private final Thread acceptor;
    private final BiFunction<String, SessionFacts, Store> stores;
    private volatile Settings settings =
            Settings.DEFAULTS.with(Guc.LOG_CONNECTIONS, "on").with(Guc.LOG_DISCONNECTIONS, "on");

    TestServer(BiFunction<String, SessionFacts, Store> stores) throws IOException {
        this.stores = stores;
        acceptor = Thread.ofPlatform().daemon().name("accept").start(this::accept);
    }

    void set(String name, String value) {
        settings = settings.with(java.util.Objects.requireNonNull(Guc.find(name)), value);
    }

    int port() {
        return listener.getLocalPort();
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=alice";
    }

    /** The next backend that nobody asked for yet, in the order of the connections. */
    Served next() throws InterruptedException {
        Served next = served.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody connected");
        }
        return next;
    }

    /** All backends so far. */
    List<Served> all() {
        return all;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                backends.add(Thread.ofPlatform().daemon().name("backend").start(() -> serve(socket)));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket socket) {
        try {
            TestProcess process = new TestProcess(socket, new CancelDesk(socket.getInputStream()), settings, stores);
            Backend backend = new Backend(process);
            Served one = new Served(backend, process);
            all.add(one);
            served.add(one);
            process.run(backend);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what the postmaster does with a cancel request, as its bytes go by. */
    private final class CancelDesk extends FilterInputStream {
        private final StartupDecoder decoder = new StartupDecoder();
        private boolean first = true;

        CancelDesk(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int got = super.read(bytes, from, length);
            if (first && got > 0) {
                StartupResult result = decoder.feed(ByteBuffer.wrap(bytes, from, got));
                first = result instanceof NeedMore;
                if (result instanceof Complete complete && complete.packet() instanceof Cancel request) {
                    all.forEach(one -> one.cancelIf(request));
                }
            }
            return got;
        }
    }

    /** Ends all backends and waits for their ends: they close files in a directory that their test removes. */
    @Override
    public void close() throws IOException {
        listener.close();
        await(acceptor);
        for (Socket socket : sockets) {
            socket.close();
        }
        backends.forEach(Thread::interrupt);
        backends.forEach(TestServer::await);
    }

    private static void await(Thread thread) {
        try {
            if (!thread.join(PATIENCE)) {
                throw new AssertionError(thread.getName() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
