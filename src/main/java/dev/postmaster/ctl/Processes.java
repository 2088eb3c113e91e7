package dev.postmaster.ctl;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Os;
import dev.postmaster.os.Signals;
import java.util.Optional;

/** Other processes, by number. */
final class Processes {
    private final Os os;

    Processes(Os os) {
        this.os = os;
    }

    /** Whether a server may have this number: it exists, may be signalled, and is not of our own family (CTL-10). */
    boolean isServer(long pid) {
        return exists(pid)
                && pid != os.thisProcess().pid()
                && pid != os.thisProcess().parentPid();
    }

    /** Whether {@code kill(pid, 0)} works. */
    boolean exists(long pid) {
        return isNumber(pid) && os.signals().probe((int) pid) == Signals.Presence.PRESENT;
    }

    /** Sends a signal; why it could not be sent, if so. */
    Optional<String> signal(long pid, Sig sig) {
        if (!isNumber(pid)) {
            return Optional.of(Errno.ESRCH.message()); // never a group, as kill(2) would take it
        }
        return switch (os.signals().sendToNamed((int) pid, sig)) {
            case DELIVERED -> Optional.empty();
            case NOT_PERMITTED -> Optional.of(Errno.EPERM.message());
            case NO_SUCH_PROCESS -> Optional.of(Errno.ESRCH.message());
        };
    }

    private static boolean isNumber(long pid) {
        return pid > 0 && pid <= Integer.MAX_VALUE;
    }
}
