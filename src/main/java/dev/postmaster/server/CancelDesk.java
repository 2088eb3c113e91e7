package dev.postmaster.server;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Signals;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.wire.CancelKey;
import java.util.Optional;

/** Serves cancel requests (PM-58). PostgreSQL gives each a process; here the loop compares two keys. */
@OnLoop
final class CancelDesk {
    private final ChildRegistry registry;
    private final Signals signals;
    private final Log log;

    CancelDesk(ChildRegistry registry, Signals signals, Log log) {
        this.registry = registry;
        this.signals = signals;
        this.log = log;
    }

    /** Nothing is ever sent back: whoever guesses keys learns nothing. */
    void cancel(int pid, CancelKey shown) {
        Optional<CancelKey> key = registry.guestOf(pid).map(ChildRegistry.Guest::cancelKey);
        if (key.isEmpty()) {
            log.log("PID " + pid + " in cancel request did not match any process");
        } else if (!shown.equals(key.get())) {
            log.log("wrong key in cancel request for process " + pid);
        } else {
            log.report(Report.of(Severity.DEBUG2, "processing cancel request: sending SIGINT to process " + pid));
            signals.sendToGroup(new Pid(pid), Sig.INT);
        }
    }
}
