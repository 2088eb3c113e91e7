package dev.postmaster.server;

import dev.postmaster.core.PmEvent;
import dev.postmaster.core.ShutdownMode;
import dev.postmaster.os.Pid;
import java.util.function.Consumer;

/** Turns requests into the events that a signal or a file would have been turned into. Any thread. */
final class RequestDesk implements Requests {
    /** Who obeys, on the loop. */
    interface Callers {
        void event(PmEvent event);

        void terminateBackend(Pid backend);

        void orderWorkers(Consumer<WorkerOrders.Recipient> order);
    }

    private final Callers callers;

    RequestDesk(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void reload() {
        callers.event(new PmEvent.ReloadRequested());
    }

    @Override
    public void rotateLog() {
        callers.event(new PmEvent.RotateLogfile());
    }

    @Override
    public void stop(ShutdownMode mode) {
        callers.event(new PmEvent.ShutdownRequested(mode));
    }

    @Override
    public void terminate(int backend) {
        callers.terminateBackend(new Pid(backend));
    }

    @Override
    public void startWorker(String name) {
        callers.orderWorkers(workers -> workers.start(name));
    }

    @Override
    public void stopWorker(String name) {
        callers.orderWorkers(workers -> workers.stop(name));
    }
}
