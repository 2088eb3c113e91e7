package dev.postmaster.admin;

import dev.postmaster.cluster.StatusFile.Fact;
import dev.postmaster.cluster.WorkerStatus;
import dev.postmaster.inspection.Inspection;
import dev.postmaster.inspection.ProcessRow;
import dev.postmaster.inspection.ProcessTree;
import dev.postmaster.inspection.Sessions;
import dev.postmaster.os.Pid;
import dev.postmaster.os.ProcessCondition;
import dev.postmaster.os.ProcessTable;
import dev.postmaster.server.Bulletin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** What is to be seen of a postmaster, as JSON. Processes are looked up in {@code /proc}, so it is not for an event loop. */
final class Views {
    private final Bulletin news;

    Views(Bulletin news) {
        this.news = news;
    }

    private Inspection look() {
        return new Inspection(
                Integer.parseInt(news.status().get(Fact.PID).orElseThrow()),
                Optional.of(news.status()),
                ProcessTree.read(),
                Sessions.read(news.segment()),
                Instant.now());
    }

    JsonObject status() {
        return StatusView.of(look(), news.history().getLast());
    }

    JsonObject processes() {
        var living = new JsonArray();
        var ended = new JsonArray();
        for (ProcessRow row : look().processList()) {
            (row.pid() == 0 ? ended : living).add(process(row));
        }
        return new JsonObject().put("processes", living).put("ended", ended);
    }

    private static JsonObject process(ProcessRow row) {
        var json = new JsonObject();
        if (row.pid() != 0) {
            json.put("pid", row.pid()).put("parent", row.parent());
        }
        json.put("kind", row.kind()).put("name", row.name());
        if (row.pid() != 0) {
            json.put("state", row.state())
                    .put("ageSeconds", row.age().toSeconds())
                    .put("client", row.client());
        }
        StatusView.putEvent(json, "lastExit", row.lastExit());
        return json;
    }

    /**
     * The same, and what the kernel tells of a child. The postmaster itself does not sleep while it is asked, and may be process 1.
     *
     * @throws Refusal 404 if it is none of the postmaster's
     */
    JsonObject process(int pid, ProcessTable kernel) {
        ProcessRow row = find(pid);
        if (row.depth() == 0) {
            return process(row);
        }
        ProcessCondition condition = kernel.examine(new Pid(pid));
        return process(row)
                .put("waitChannel", condition.waitChannel())
                .put("descriptors", condition.descriptors())
                .put("residentKilobytes", condition.residentKilobytes());
    }

    /** @throws Refusal 404 if it is none of the postmaster's */
    ProcessRow find(int pid) {
        return look().processList().stream()
                .filter(row -> row.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Problem.of(404, "process " + pid + " is none of this postmaster's", "/processes lists them")));
    }

    JsonObject workers() {
        var array = new JsonArray();
        news.status().workers().forEach((name, worker) -> array.add(worker(name, worker)));
        return new JsonObject().put("workers", array);
    }

    private static JsonObject worker(String name, WorkerStatus worker) {
        var json = new JsonObject().put("name", name);
        if (worker.pid() != 0) {
            json.put("pid", worker.pid());
        }
        String when = worker.state() == WorkerStatus.State.RESTING ? "until" : "since";
        return json.put("state", worker.state().word()).put(when, worker.at()).put("note", worker.note());
    }

    JsonObject settings() {
        return new JsonObject().put("settings", SettingsView.of(news.inForce()));
    }

    JsonObject history() {
        var array = new JsonArray();
        news.history().forEach(turn -> array.add(StatusView.turn(turn)));
        return new JsonObject().put("history", array);
    }
}
