package dev.postmaster.server;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Signals;
import dev.postmaster.report.Log;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What the children have started and did not take along when they ended. PostgreSQL's signals reach a child's process
 * group; a program that made a session of its own escapes them, and would go on while the next generation recovers what
 * it works on. It is found by what it inherited: one line of the environment.
 */
@OnLoop
final class Descendants {
    /** Somebody may be starting another process while we look, and the kernel needs a moment to end one. */
    private static final int ROUNDS = 10;

    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private final Supplier<List<Pid>> family;
    private final Signals signals;
    private final ChildRegistry registry;
    private final Log log;

    /** @param family all processes that descend from the postmaster, or an {@link UncheckedIOException} */
    Descendants(Supplier<List<Pid>> family, Signals signals, ChildRegistry registry, Log log) {
        this.family = family;
        this.signals = signals;
        this.registry = registry;
        this.log = log;
    }

    /** Kills them all but the children that live, which are the core's business. Whoever cannot be found is left. */
    void end() {
        try {
            endAll();
        } catch (UncheckedIOException e) {
            log.log("could not look for processes that outlived the children: " + e.getMessage());
        }
    }

    private void endAll() {
        List<Pid> found = strangers();
        if (found.isEmpty()) {
            return;
        }
        log.log("killing " + found.size() + " processes that outlived the children that started them: " + found);
        for (int round = 0; round < ROUNDS && !found.isEmpty(); round++) {
            found.forEach(pid -> signals.send(pid, Sig.KILL));
            LockSupport.parkNanos(PAUSE_NANOS);
            found = strangers();
        }
        if (!found.isEmpty()) {
            log.log("processes that outlived their parents do not die of SIGKILL: " + found);
        }
    }

    private List<Pid> strangers() {
        return family.get().stream()
                .filter(pid -> registry.find(pid.value()).isEmpty())
                .toList();
    }
}
