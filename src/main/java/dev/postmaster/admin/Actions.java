package dev.postmaster.admin;

import dev.postmaster.config.Guc;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.ShutdownMode;
import dev.postmaster.inspection.ProcessRow;
import dev.postmaster.server.Bulletin;
import dev.postmaster.server.Requests;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * Passes on what people want of the postmaster, after a look at whether it makes sense. The answer says what was asked for;
 * what came of it is seen in the views.
 */
final class Actions {
    private final Requests requests;
    private final Bulletin news;

    Actions(Requests requests, Bulletin news) {
        this.requests = requests;
        this.news = news;
    }

    JsonObject reload() {
        requests.reload();
        return asked("reload");
    }

    /** @throws Refusal 409 if nobody writes log files */
    JsonObject rotateLog() {
        if (!news.inForce().settings().get(Guc.LOGGING_COLLECTOR)) {
            throw new Refusal(Problem.of(
                    409, "there is no log file to rotate", "set logging_collector = on and restart the postmaster"));
        }
        requests.rotateLog();
        return asked("rotate-log");
    }

    /** @throws Refusal 400 if the mode is missing or none of the three */
    JsonObject stop(Asked asked) {
        String word = asked.parameter("mode").orElse("");
        for (ShutdownMode mode : ShutdownMode.values()) {
            if (mode != ShutdownMode.NONE && word.equals(mode.name().toLowerCase(Locale.ROOT))) {
                requests.stop(mode);
                return asked("stop").put("mode", word);
            }
        }
        throw new Refusal(
                Problem.of(400, "\"" + word + "\" is no shutdown mode", "say mode=smart, mode=fast or mode=immediate"));
    }

    /** @throws Refusal 404 if it is none of the postmaster's, 409 if it is no backend */
    JsonObject terminate(int pid) {
        ProcessRow process = new Views(news).find(pid);
        if (process.depth() != 1 || !process.kind().equals(ChildKind.BACKEND.childName())) {
            throw new Refusal(Problem.of(
                    409,
                    "process " + pid + " is a " + process.kind() + " and no backend",
                    "a background worker is ended by /workers/{name}/stop, all others by /stop"));
        }
        requests.terminate(pid);
        return asked("terminate").put("pid", pid);
    }

    /** @throws Refusal 404 if there is no such worker */
    JsonObject startWorker(String name) {
        requireWorker(name);
        requests.startWorker(name);
        return asked("start-worker").put("worker", name);
    }

    /** @throws Refusal 404 if there is no such worker */
    JsonObject stopWorker(String name) {
        requireWorker(name);
        requests.stopWorker(name);
        return asked("stop-worker").put("worker", name);
    }

    private void requireWorker(String name) {
        if (!news.status().workers().containsKey(name)) {
            throw new Refusal(Problem.of(404, "there is no background worker \"" + name + "\"", "/workers lists them"));
        }
    }

    private static JsonObject asked(String what) {
        return new JsonObject().put("requested", what);
    }
}
