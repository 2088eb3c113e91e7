package dev.postmaster.ctl;

import dev.postmaster.cluster.StatusFile.Fact;
import dev.postmaster.inspection.Inspection;
import dev.postmaster.inspection.ProcessRow;

/** {@code pmctl why}: in which phase the postmaster is, since when and why, what it waits for, and until when. */
final class WhyCommand {
    private final Processes processes;
    private final Screen screen;

    WhyCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Inspection seen = Lookout.at(new Target(request.directory()), processes);
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

    private void stopped(Inspection seen) {
        for (ProcessRow child : seen.stopped()) {
            line("warning", child.pid() + " " + child.kind() + " is stopped; it goes on when it gets SIGCONT");
        }
    }

    private void awaited(Inspection seen) {
        for (ProcessRow child : seen.awaited()) {
            String client = child.client();
            line("", child.pid() + " " + child.kind() + ", " + child.state() + (client.isEmpty() ? "" : ", " + client));
        }
    }

    private void line(String name, String value) {
        screen.answer(name + " ".repeat(12 - name.length()) + value + "\n");
    }
}
