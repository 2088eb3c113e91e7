package dev.postmaster.server;

import dev.postmaster.core.BackendRole;
import dev.postmaster.core.PmEvent;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    }

    private final EventLoop loop;
    private final Os os;
    private final ChildRegistry registry;
    private final Callers callers;
    /** In the order of their launch. */
    private final Map<Integer, ControlSocket> backends = new LinkedHashMap<>();

    /** The latest first: it is the one whose memory is warm. */
    private final Deque<Integer> waiting = new ArrayDeque<>();

    SpareDesk(EventLoop loop, Os os, ChildRegistry registry, Callers callers) {
        this.loop = loop;
        this.os = os;
        this.registry = registry;
        this.callers = callers;
    }

    /**
     * A backend was launched that can be handed clients.
     *
     * @param end ours of the two ends of its control socket; taken over
     * @param hasClient it was launched for one
     */
    void add(Pid backend, Fd end, boolean hasClient) {
        var socket =
                new ControlSocket(end, os.fds(), os.fdPassing(), served -> callers.soon(() -> waits(backend, served)));
        if (hasClient) {
            socket.hasClient();
        } else {
            registry.noteRole(backend, BackendRole.STARTING);
        }
        backends.put(backend.value(), socket);
        socket.open(loop);
    }

    /** What it says may have crossed a client on its way, and it may be dead by now. */
    private void waits(Pid backend, int served) {
        ControlSocket socket = backends.get(backend.value());
        if (socket == null || socket.given() != served) {
            return;
        }
        switch (registry.roleOf(backend)) {
            case STARTING -> {
                keep(backend);
                callers.heed(new PmEvent.SpareReady());
            }
            case SESSION -> {
                registry.guestLeft(backend);
                callers.heed(new PmEvent.SessionOver(backend.value()));
            }
            case WAITING, WAL_SENDER -> {} // it has said so before
        }
    }

    /** It waits from now on. */
    void keep(Pid backend) {
        registry.noteRole(backend, BackendRole.WAITING);
        waiting.push(backend.value());
    }

    /** Hands a client to a spare of this sort; if that does not take it, it will not be asked again. */
    boolean handOver(BackendRole sort, Assignment assignment, Fd client) {
        Optional<Pid> chosen = choose(sort);
        if (chosen.isEmpty()) {
            return false;
        }
        Pid spare = chosen.get();
        if (!give(spare, assignment, client)) {
            dismiss(spare);
            return false;
        }
        registry.noteRole(spare, BackendRole.SESSION);
        registry.guestCame(spare, assignment.guest());
        return true;
    }

    private boolean give(Pid spare, Assignment assignment, Fd client) {
        ControlSocket socket = backends.get(spare.value());
        return socket != null && socket.give(assignment.startup().toBytes(), client);
    }

    private Optional<Pid> choose(BackendRole sort) {
        if (sort == BackendRole.WAITING) {
            return Optional.ofNullable(waiting.poll()).map(Pid::new);
        }
        return backends.keySet().stream()
                .map(Pid::new)
                .filter(backend -> registry.roleOf(backend) == sort)
                .findFirst();
    }

    /** Lets a backend end. */
    void dismiss(Pid backend) {
        waiting.remove(backend.value());
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
        dismiss(backend);
        backends.remove(backend.value());
    }
}
