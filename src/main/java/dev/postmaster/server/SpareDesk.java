package dev.postmaster.server;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.Sig;
import dev.postmaster.launch.BackendWord;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.report.Log;
import dev.postmaster.wire.CancelKey;
import dev.postmaster.wire.ProtocolVersion;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The backends that can be handed a client: which of them wait, and the way to each. How many there should be is the core's
 * business.
 */
@OnLoop
final class SpareDesk {
    /** Who is told what backends say. */
    interface Callers {
        /** Has work done on the loop, where a defect is noticed. */
        void soon(Runnable work);

        /** Handled at once, not posted: by then the backend may be dead. */
        void heed(PmEvent event);

        /** Somebody whom only a backend could understand wants to cancel. */
        void cancel(int pid, CancelKey key);
    }

    /** So many heartbeats, which come each second, may go by until one is ready. */
    private static final int PATIENCE = 10;

    private static final String BACKEND = ChildKind.BACKEND.exitName();

    private final EventLoop loop;
    private final Os os;
    private final ChildRegistry registry;
    private final Callers callers;
    private final Log log;
    private final Map<Integer, ControlSocket> backends = new HashMap<>();

    /** How many heartbeats ago those were launched that start without a client. */
    private final Map<Integer, Integer> births = new HashMap<>();

    /** The latest first: it is the one whose memory is warm. */
    private final Deque<Integer> waiting = new ArrayDeque<>();

    SpareDesk(EventLoop loop, Os os, ChildRegistry registry, Callers callers, Log log) {
        this.loop = loop;
        this.os = os;
        this.registry = registry;
        this.callers = callers;
        this.log = log;
    }

    /**
     * The way to a backend that is about to be launched.
     *
     * @param end ours of its two ends; taken over
     */
    ControlSocket socket(Fd end) {
        return new ControlSocket(end, os.fds(), os.fdPassing());
    }

    /**
     * A backend was launched that can be handed clients.
     *
     * @param hasClient it was launched for one
     */
    void add(Pid backend, ControlSocket socket, boolean hasClient) {
        if (hasClient) {
            socket.hasClient();
        } else {
            registry.noteRole(backend, BackendRole.STARTING);
            births.put(backend.value(), 0);
        }
        backends.put(backend.value(), socket);
        socket.open(loop, word -> callers.soon(() -> hear(backend, word)));
    }

    private void hear(Pid backend, BackendWord word) {
        switch (word) {
            case BackendWord.Waits(int served) -> waits(backend, served);
            case BackendWord.Cancels(int pid, byte[] key) -> callers.cancel(pid, new CancelKey(key));
            case BackendWord.Speaks(int major, int minor) ->
                registry.guestSpeaks(backend, new ProtocolVersion(major, minor));
        }
    }

    /** What it says may have crossed a client on its way, and it may be dead by now. */
    private void waits(Pid backend, int served) {
        ControlSocket socket = backends.get(backend.value());
        if (socket == null || !socket.isOpen() || socket.given() != served) {
            return;
        }
        BackendRole role = registry.roleOf(backend);
        switch (role) {
            case STARTING, SESSION, PASSED_OVER -> {
                registry.guestLeft(backend);
                callers.heed(new PmEvent.BackendWaits(backend.value(), role));
            }
            case WAITING, WAL_SENDER -> {} // it has said so before
        }
    }

    /** It waits from now on. */
    void keep(Pid backend) {
        births.remove(backend.value());
        registry.noteRole(backend, BackendRole.WAITING);
        waiting.push(backend.value());
    }

    /** Hands a client to the spare that came last; if that does not take it, it will not be asked again. */
    boolean handOver(Assignment assignment, Fd client) {
        Pid spare = new Pid(waiting.getFirst());
        become(spare, BackendRole.SESSION);
        boolean taken = give(spare, assignment, client);
        if (taken) {
            registry.guestCame(spare, assignment.guest());
        } else {
            log.log(BACKEND + " (PID " + spare + ") waited for a client and did not take it; another one is asked");
            close(spare);
            os.signals().send(spare, Sig.CONT); // one that is stopped could not leave
            callers.soon(() -> lost(spare));
        }
        return taken;
    }

    /** For the core it has a client until now, or is dead. */
    private void lost(Pid spare) {
        if (registry.find(spare.value()).isPresent()) {
            registry.noteRole(spare, BackendRole.PASSED_OVER);
            callers.heed(new PmEvent.SpareLost());
        }
    }

    private void become(Pid spare, BackendRole role) {
        waiting.remove(spare.value());
        registry.noteRole(spare, role);
    }

    /** The spare that came last was to have a client and gets none: it waits again. */
    void takeBackLatest() {
        Pid spare = new Pid(waiting.getFirst());
        become(spare, BackendRole.SESSION);
        ControlSocket socket = Objects.requireNonNull(backends.get(spare.value()));
        callers.soon(() -> waits(spare, socket.given())); // as if it had said so
    }

    private boolean give(Pid spare, Assignment assignment, Fd client) {
        ControlSocket socket = backends.get(spare.value());
        return socket != null
                && !os.reaper().isStopped(spare)
                && socket.give(assignment.startup().toBytes(), client);
    }

    /** Gives up on those that should be ready by now. They may be stopped, or the machine is: if they come, they are welcome. */
    void heartbeat() {
        births.replaceAll((backend, age) -> age + 1);
        List<Integer> overdue = births.keySet().stream()
                .filter(backend -> births.getOrDefault(backend, 0) > PATIENCE)
                .toList();
        for (int backend : overdue) {
            log.log(BACKEND + " (PID " + backend + ") has not become ready within " + PATIENCE
                    + " s; nobody waits for it any more");
            births.remove(backend);
            registry.noteRole(new Pid(backend), BackendRole.PASSED_OVER);
            callers.heed(new PmEvent.SpareOverdue(ThreadLocalRandom.current().nextDouble()));
        }
    }

    /** Lets a backend end, which is no spare from here on. */
    void dismiss(Pid backend) {
        if (waiting.contains(backend.value())) {
            become(backend, BackendRole.PASSED_OVER);
        }
        close(backend);
    }

    private void close(Pid backend) {
        ControlSocket socket = backends.get(backend.value());
        if (socket != null) {
            socket.close();
        }
    }

    /** Lets so many of those end that have waited longest. */
    void dismiss(int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            dismiss(new Pid(waiting.getLast()));
        }
    }

    /** A backend was reaped. */
    void ended(Pid backend) {
        waiting.remove(backend.value());
        births.remove(backend.value());
        close(backend);
        backends.remove(backend.value());
    }
}
