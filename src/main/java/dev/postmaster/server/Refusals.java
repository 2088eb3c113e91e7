package dev.postmaster.server;

import dev.postmaster.report.Log;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the log which clients were turned away without a word, and why. A flood of them says one line at once and one more
 * with each heartbeat, which has their number.
 */
@OnLoop
final class Refusals {
    private final Log log;
    private final Map<String, Integer> sinceHeartbeat = new LinkedHashMap<>();

    Refusals(Log log) {
        this.log = log;
    }

    /** @param reason one of a few */
    void add(RemoteAddress client, String reason) {
        if (sinceHeartbeat.merge(reason, 1, Integer::sum) == 1) {
            String who = client.isLocal() ? client.host() : client.host() + ":" + client.port();
            log.log("refused connection from " + who + ": " + reason);
        }
    }

    void heartbeat() {
        sinceHeartbeat.forEach((reason, count) -> {
            if (count > 1) {
                log.log("refused " + (count - 1) + " further connections: " + reason);
            }
        });
        sinceHeartbeat.clear();
    }
}
