package dev.postmaster.ctl;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.inspection.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code pmctl workers}: every background worker that the settings define, and how it stands. */
final class WorkersCommand {
    private static final List<String> HEAD = List.of("PID", "WORKER", "STATE", "SINCE", "NOTE");

    private final Processes processes;
    private final Screen screen;

    WorkersCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Inspection seen = Lookout.at(new Target(request.directory()), processes);
        Map<String, WorkerStatus> workers =
                seen.status().map(StatusFile::workers).orElse(Map.of());
        if (workers.isEmpty()) {
            screen.answer("no background worker is defined\n");
            return 0;
        }
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        workers.forEach((name, worker) -> rows.add(row(name, worker, seen)));
        screen.answer(Table.of(rows));
        return 0;
    }

    private static List<String> row(String name, WorkerStatus worker, Inspection seen) {
        return List.of(
                worker.pid() == 0 ? "" : Integer.toString(worker.pid()),
                name,
                worker.state().word(),
                Ages.relative(worker.at(), seen.now()),
                note(worker));
    }

    /** What is noted of one that runs is how it ended before. */
    private static String note(WorkerStatus worker) {
        boolean past =
                worker.state() == WorkerStatus.State.RUNNING && !worker.note().isEmpty();
        return past ? "last time: " + worker.note() : worker.note();
    }
}
