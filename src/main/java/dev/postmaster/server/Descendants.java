package dev.postmaster.server;

import dev.postmaster.core.Sig;
import dev.postmaster.os.Os;
import dev.postmaster.os.Pid;
import dev.postmaster.os.ProcessTable;
import dev.postmaster.os.Signals;
import dev.postmaster.report.Log;
import java.util.List;

/**
 * What the children have started and did not take along when they ended. PostgreSQL's signals reach a child's process
 * group; a program that made a session of its own escapes them, and would go on while the next generation recovers what
 * it works on. It is found by what it inherited: one line of the environment.
 */
@OnLoop
final class Descendants {
    /** Somebody may be starting another process while we look. */
    private static final int ROUNDS = 5;

    private final ProcessTable processes;
    private final Signals signals;
    private final String lineage;
    private final ChildRegistry registry;
    private final Log log;

    /** @param lineage the line that the children, and nobody else, were given */
    Descendants(Os os, String lineage, ChildRegistry registry, Log log) {
        this.processes = os.processTable();
        this.signals = os.signals();
        this.lineage = lineage;
        this.registry = registry;
        this.log = log;
    }

    /** Kills them all but the children that live, which are the core's business. */
    void end() {
        List<Pid> found = strangers();
        if (!found.isEmpty()) {
            log.log("killing " + found.size() + " processes that outlived the children that started them: " + found);
        }
        for (int round = 0; round < ROUNDS && !found.isEmpty(); round++) {
            found.forEach(pid -> signals.send(pid, Sig.KILL));
            found = strangers();
        }
    }

    private List<Pid> strangers() {
        return processes.withEnvironment(lineage).stream()
                .filter(pid -> registry.find(pid.value()).isEmpty())
                .toList();
    }
}
