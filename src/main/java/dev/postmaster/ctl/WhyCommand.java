package dev.postmaster.ctl;

import dev.postmaster.cluster.StatusFile.Fact;
import java.util.List;

/** {@code pmctl why}: in which phase the postmaster is, since when and why, what it waits for, and until when. */
final class WhyCommand {
    private final Processes processes;
    private final Screen screen;

    WhyCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Inspection seen = Inspection.of(new Target(request.directory()), processes);
        line("state", state(seen));
        line("since", Ages.since(seen.fact(Fact.SINCE, "?"), seen.now()));
        line("cause", seen.fact(Fact.CAUSE, "the postmaster was started"));
        line("waits for", seen.fact(Fact.WAITS_FOR, "the start sequence"));
        awaited(seen);
        line("deadline", Ages.event(seen.fact(Fact.DEADLINE, "none"), seen.now()));
        line("last crash", Ages.event(seen.fact(Fact.LAST_CRASH, "none"), seen.now()));
        line("clients", clients(seen));
        String dropped = seen.fact(Fact.LOG_RECORDS_DROPPED, "0");
        if (!dropped.equals("0")) {
            line("log", dropped + " log records were dropped: the console or the logging collector is too slow");
        }
        stopped(seen);
        seen.silence()
                .ifPresent(age -> line("warning", "the postmaster has not been seen at work for " + Ages.of(age)));
        return 0;
    }

    private static String state(Inspection seen) {
        String shutdown = seen.fact(Fact.SHUTDOWN, "none");
        return seen.fact(Fact.STATE, "PM_INIT")
                + (shutdown.equals("none") ? "" : ", " + shutdown + " shutdown")
                + (seen.fact(Fact.CRASH_CYCLE, "no").equals("yes") ? ", recovering from a crash" : "");
    }

    private static String clients(Inspection seen) {
        return seen.fact(Fact.CLIENTS, "not welcome yet") + "; " + seen.fact(Fact.SESSIONS, "0") + " sessions, "
                + seen.fact(Fact.FREE_SLOTS, "0") + " free slots, " + seen.fact(Fact.CLIENTS_IN_LINE, "0")
                + " waiting for a backend, " + seen.fact(Fact.WAITING_CLIENTS, "0") + " not introduced";
    }

    /** Whoever is stopped makes no move, though nobody may be waiting for one yet. */
    private void stopped(Inspection seen) {
        for (ProcessTree.Entry child : seen.processes().childrenOf(seen.postmaster())) {
            if (child.isStopped()) {
                line(
                        "warning",
                        child.pid() + " " + seen.kindOf(child) + " is stopped; it goes on when it gets SIGCONT");
            }
        }
    }

    /** The children whose move it is, one by one; a backend without a client keeps nobody waiting. */
    private void awaited(Inspection seen) {
        List<String> kinds = List.of(seen.fact(Fact.AWAITED_KINDS, "").split(","));
        for (ProcessTree.Entry child : seen.processes().childrenOf(seen.postmaster())) {
            if (kinds.contains(seen.kindOf(child)) && !seen.sessions().isWaiting(child)) {
                String client = seen.clientOf(child);
                line(
                        "",
                        child.pid() + " " + seen.kindOf(child) + ", "
                                + seen.sessions().state(child) + (client.isEmpty() ? "" : ", " + client));
            }
        }
    }

    private void line(String name, String value) {
        screen.answer(name + " ".repeat(12 - name.length()) + value + "\n");
    }
}
