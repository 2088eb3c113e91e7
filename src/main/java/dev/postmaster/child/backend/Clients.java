package dev.postmaster.child.backend;

import dev.postmaster.child.ChildContext;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.launch.BackendStartup;
import dev.postmaster.launch.BackendWord;
import dev.postmaster.launch.ChildDescriptors;
import dev.postmaster.os.Fd;
import dev.postmaster.os.FdPassing;
import dev.postmaster.os.Fds;
import dev.postmaster.os.Os;
import dev.postmaster.os.Received;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a backend's clients come from: the one it was launched for, if any, then those that the postmaster hands over, one
 * at a time. The socket of the present one is descriptor 0.
 */
final class Clients {
    /** A startup packet is 10,000 bytes at most (CL-8), and what comes with it is short. */
    private static final int LONGEST_MESSAGE = 16 * 1024;

    private final ChildContext context;
    private final Fds fds;
    private final FdPassing passing;
    private final Fd nobody;
    private final @Nullable Fd control;
    private Optional<BackendStartup> first;
    private int served;

    Clients(ChildContext context, Os os) {
        this.context = context;
        this.fds = os.fds();
        this.passing = os.fdPassing();
        this.nobody = fds.openNull();
        this.control = context.parameters().own().takesClients() ? fds.adopt(ChildDescriptors.CONTROL_SOCKET) : null;
        this.first = context.startupData() instanceof BackendStartup told ? Optional.of(told) : Optional.empty();
    }

    /** Whether a client is there already, so that there is no time to lose. */
    boolean isThere() {
        return first.isPresent();
    }

    /** Waits for the next client; empty if there will be none. */
    Optional<BackendStartup> next() {
        Optional<BackendStartup> launchedFor = first;
        first = Optional.empty();
        return launchedFor.isPresent() || control == null ? launchedFor : receive(control);
    }

    /** Whether another client may come after so many, as the settings are now. */
    boolean mayComeAgain(Settings settings) {
        int limit = settings.get(Guc.SESSIONS_PER_BACKEND);
        return control != null && (limit == 0 || served < limit);
    }

    /** The present client is served: from here on it sees the connection closed. */
    void leave() {
        fds.duplicateTo(nobody, ChildDescriptors.CLIENT_SOCKET);
        served++;
    }

    /** Tells the postmaster, if there is a way; one that is gone has no use for it. */
    void tell(BackendWord word) {
        if (control != null) {
            say(control, word);
        }
    }

    private boolean say(Fd postmaster, BackendWord word) {
        return passing.send(postmaster, word.toBytes(), List.of()) == FdPassing.Passed.SENT;
    }

    private Optional<BackendStartup> receive(Fd postmaster) {
        context.ready();
        if (!say(postmaster, new BackendWord.Waits(served))) {
            return Optional.empty();
        }
        return switch (passing.receive(postmaster, LONGEST_MESSAGE, 1)) {
            case Received.Message message -> Optional.of(take(message));
            case Received.PeerGone() -> Optional.empty();
            case Received.WouldBlock() -> throw new IllegalStateException("the control socket does not block");
        };
    }

    private BackendStartup take(Received.Message message) {
        try (message) {
            fds.duplicateTo(message.fds().getFirst(), ChildDescriptors.CLIENT_SOCKET);
            return BackendStartup.of(message.payload());
        }
    }
}
