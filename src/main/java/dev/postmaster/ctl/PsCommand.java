package dev.postmaster.ctl;

import dev.postmaster.inspection.Inspection;
import dev.postmaster.inspection.ProcessRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code pmctl ps}: the process tree, each with its state, its age, its client, and how the last of its kind ended. */
final class PsCommand {
    private static final List<String> HEAD = List.of("PID", "PROCESS", "STATE", "AGE", "CLIENT", "LAST EXIT");

    private final Processes processes;
    private final Screen screen;

    PsCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Inspection seen = Lookout.at(new Target(request.directory()), processes);
        List<List<String>> table = new ArrayList<>(List.of(HEAD));
        seen.processList().forEach(row -> table.add(cells(row, seen.now())));
        screen.answer(Table.of(table));
        seen.silence()
                .ifPresent(age -> screen.complain("the postmaster has not been seen at work for " + Ages.of(age)));
        return 0;
    }

    private static List<String> cells(ProcessRow row, Instant now) {
        boolean lives = row.pid() != 0;
        String indent = row.depth() == 0 ? "" : "  ".repeat(row.depth() - 1) + "- ";
        return List.of(
                lives ? Integer.toString(row.pid()) : "",
                indent + row.name(),
                row.state(),
                lives ? Ages.of(row.age()) : "",
                row.client(),
                Ages.event(row.lastExit(), now));
    }
}
