package dev.postmaster.admin;

import dev.postmaster.cluster.StatusFile.Fact;
import dev.postmaster.inspection.Inspection;
import dev.postmaster.inspection.ProcessRow;
import dev.postmaster.server.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What {@code pmctl why} says, as JSON. */
final class StatusView {
    private StatusView() {}

    /** @param last the turn that has brought the postmaster where it is */
    static JsonObject of(Inspection seen, Turn last) {
        JsonObject status = turn(last)
                .put("pid", seen.postmaster())
                .put("started", seen.fact(Fact.STARTED, ""))
                .put("waitsFor", seen.fact(Fact.WAITS_FOR, ""))
                .put("awaited", briefly(seen.awaited()))
                .put("stopped", briefly(seen.stopped()));
        putEvent(status, "deadline", seen.fact(Fact.DEADLINE, ""));
        putEvent(status, "lastCrash", seen.fact(Fact.LAST_CRASH, ""));
        return status.put("clients", clients(seen))
                .put("logRecordsDropped", number(seen, Fact.LOG_RECORDS_DROPPED))
                .put("heartbeat", seen.status().orElseThrow().heartbeat())
                .put("stuck", seen.silence().isPresent());
    }

    static JsonObject turn(Turn turn) {
        return new JsonObject()
                .put("at", turn.at())
                .put("state", turn.state().name())
                .put("pmState", turn.state().pgName())
                .put("shutdown", turn.shutdown().name().toLowerCase(Locale.ROOT))
                .put("crashCycle", turn.crashCycle())
                .put("cause", turn.cause());
    }

    /** {@code TIME WHAT}, as the status file has it; nothing for an empty line. */
    static void putEvent(JsonObject to, String name, String line) {
        int blank = line.indexOf(' ');
        if (blank > 0) {
            to.put(name, new JsonObject().put("at", line.substring(0, blank)).put("what", line.substring(blank + 1)));
        }
    }

    private static JsonArray briefly(List<ProcessRow> children) {
        var array = new JsonArray();
        for (ProcessRow child : children) {
            array.add(new JsonObject()
                    .put("pid", child.pid())
                    .put("kind", child.kind())
                    .put("state", child.state())
                    .put("client", child.client()));
        }
        return array;
    }

    private static JsonObject clients(Inspection seen) {
        return new JsonObject()
                .put("answer", seen.fact(Fact.CLIENTS, ""))
                .put("sessions", number(seen, Fact.SESSIONS))
                .put("freeSlots", number(seen, Fact.FREE_SLOTS))
                .put("waitingForBackend", number(seen, Fact.CLIENTS_IN_LINE))
                .put("notIntroduced", number(seen, Fact.WAITING_CLIENTS));
    }

    private static long number(Inspection seen, Fact fact) {
        return Long.parseLong(seen.fact(fact, "0"));
    }
}
