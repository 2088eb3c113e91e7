package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import dev.postmaster.core.ShutdownMode;
import dev.postmaster.core.Sig;
import dev.postmaster.os.SignalFd;
import dev.postmaster.os.SignalInfo;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the postmaster's own signals (SG-1 to SG-8) on a thread of its own, called "signals", and has each served on the
 * loop, in the order in which they came.
 */
final class SignalDesk {
    /** Who reacts; called on the thread of this desk. */
    interface Callers {
        void event(PmEvent event);

        void childDied();

        void pmSignal();
    }

    private final SignalFd source;
    private final Callers callers;

    SignalDesk(SignalFd source, Callers callers) {
        this.source = source;
        this.callers = callers;
    }

    /** Starts the thread; it ends when the source is stopped. */
    void open() {
        Thread.ofPlatform().name("signals").daemon().start(this::serve);
    }

    void close() {
        source.stop();
    }

    private void serve() {
        try (source) {
            for (Optional<SignalInfo> next = source.next(); next.isPresent(); next = source.next()) {
                next.get().sig().ifPresent(this::serve);
            }
        }
    }

    private void serve(Sig signal) {
        Consumer<ShutdownMode> shutdown = mode -> callers.event(new PmEvent.ShutdownRequested(mode));
        switch (signal) {
            case HUP -> callers.event(new PmEvent.ReloadRequested());
            case TERM -> shutdown.accept(ShutdownMode.SMART);
            case INT -> shutdown.accept(ShutdownMode.FAST);
            case QUIT -> shutdown.accept(ShutdownMode.IMMEDIATE);
            case CHLD -> callers.childDied();
            case USR1 -> callers.pmSignal();
            case USR2 -> {} // for children; read here so that it is neither lost nor deadly (SG-6)
            case ILL, ABRT, BUS, FPE, KILL, SEGV, PIPE, CONT, STOP, PWR -> {} // not among those we read
        }
    }
}
