package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.store.SessionFacts;
import dev.postmaster.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
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
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Served> served = new LinkedBlockingQueue<>();
    private final BiFunction<String, SessionFacts, Store> stores;
    private volatile Settings settings =
            Settings.DEFAULTS.with(Guc.LOG_CONNECTIONS, "on").with(Guc.LOG_DISCONNECTIONS, "on");

    TestServer(BiFunction<String, SessionFacts, Store> stores) throws IOException {
        this.stores = stores;
        Thread.ofPlatform().daemon().name("accept").start(this::accept);
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

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                TestProcess process = new TestProcess(socket, settings, stores);
                Backend backend = new Backend(process);
                served.add(new Served(backend, process));
                Thread.ofPlatform().daemon().name("backend").start(() -> process.run(backend));
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
