package dev.postmaster.child;

import dev.postmaster.core.Sig;
import dev.postmaster.os.SignalFd;
import dev.postmaster.os.SignalInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signals of a child (SG-11..SG-25). They are blocked from birth in every thread, and one thread reads them from a
 * signalfd, so that a handler is plain Java: short, on its own thread, never in the middle of something. A signal without
 * a handler is ignored. SIGQUIT is not among them in most kinds: it ends the process at once, whatever Java is doing.
 */
public final class ChildSignals {
    private final SignalFd source;
    private final Ending ending;
    private final ChildLatch latch = new ChildLatch();
    private final Map<Sig, Runnable> handlers = new ConcurrentHashMap<>();

    ChildSignals(SignalFd source, Ending ending) {
        this.source = source;
        this.ending = ending;
    }

    /** What the kind's main loop sleeps on. */
    public ChildLatch latch() {
        return latch;
    }

    /** Sets the handler of a signal. What it throws ends the child. */
    public ChildSignals on(Sig signal, Runnable handler) {
        handlers.put(signal, handler);
        return this;
    }

    /** Lets signals wake the main loop. */
    public ChildSignals toLatch(Sig... signals) {
        for (Sig signal : signals) {
            on(signal, () -> latch.set(signal));
        }
        return this;
    }

    /** Lets a signal end the child at once, whatever it is doing: for work that a crash may interrupt anywhere. */
    public ChildSignals toExit(Sig signal, int status) {
        return on(signal, () -> ending.exit(status));
    }

    /** From here on signals are handled; those that came before are handled now. To be called once. */
    public void unblock() {
        Thread.ofPlatform().name("signals").daemon().start(() -> ending.guard(this::readAll));
    }

    private void readAll() {
        try (source) {
            for (Optional<SignalInfo> next = source.next(); next.isPresent(); next = source.next()) {
                next.flatMap(SignalInfo::sig).map(handlers::get).ifPresent(Runnable::run);
            }
        }
    }
}
