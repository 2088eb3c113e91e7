package dev.postmaster.admin;

import dev.postmaster.config.Guc;
import dev.postmaster.os.Os;
import dev.postmaster.os.ProcessTable;
import dev.postmaster.report.LogDestination;
import dev.postmaster.server.Bulletin;
import dev.postmaster.server.InForce;
import dev.postmaster.server.Reception;
import dev.postmaster.server.StatusBoard;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where requests come in: lets the right ones pass, and sends the answers. On worker threads of Vert.x, never on a loop. */
@Singleton
final class AdminDoor {
    private static final String ROOT = "/api/v1";
    private static final String JSON = "application/json";

    private final StatusBoard board;
    private final Reception reception;
    private final boolean loopback;
    private final ProcessTable kernel;
    private final int user;

    /** @param address what the port is bound to, as server.ManagementPort has found it out: a number */
    @Inject
    AdminDoor(StatusBoard board, Reception reception, @ConfigProperty(name = "quarkus.http.host") String address) {
        this.board = board;
        this.reception = reception;
        InetAddress bound = new InetSocketAddress(address, 0).getAddress();
        this.loopback = bound != null && bound.isLoopbackAddress();
        Os os = Os.open();
        this.kernel = os.processTable();
        this.user = os.thisProcess().effectiveUserId();
    }

    void open(@Observes Router router) {
        router.route(ROOT + "/*").blockingHandler(this::hear, false);
    }

    private void hear(RoutingContext context) {
        try {
            Bulletin news = board.bulletin().orElseThrow(AdminDoor::notYet);
            rules(news.inForce()).refusal(Caller.of(context.request())).ifPresent(problem -> {
                throw new Refusal(problem);
            });
            String path = context.normalizedPath().substring(ROOT.length());
            Map<String, String> query = new HashMap<>();
            context.queryParams().forEach(query::put);
            serve(Asked.of(context.request().method().name(), path, query), news, context.response());
        } catch (Refusal refusal) {
            Problem problem = refusal.problem();
            problem.headers().forEach(context.response()::putHeader);
            head(context.response(), problem.status(), Problem.TYPE)
                    .end(problem.json().encode() + "\n");
        }
    }

    private static Refusal notYet() {
        return new Refusal(Problem.of(503, "the postmaster is only starting", "try again in a second"));
    }

    private void serve(Asked asked, Bulletin news, HttpServerResponse response) {
        var views = new Views(news);
        switch (asked.endpoint()) {
            case STATUS -> send(response, 200, views.status());
            case PROCESSES -> send(response, 200, views.processes());
            case PROCESS -> send(response, 200, views.process(asked.pid(), kernel));
            case WORKERS -> send(response, 200, views.workers());
            case SETTINGS -> send(response, 200, views.settings());
            case HISTORY -> send(response, 200, views.history());
            case LOG -> follow(LogFilter.of(asked), news, response);
            case OPENAPI -> head(response, 200, "application/yaml").end(description());
            case RELOAD -> send(response, 202, actions(news).reload());
            case ROTATE_LOG -> send(response, 202, actions(news).rotateLog());
            case STOP -> send(response, 202, actions(news).stop(asked));
            case TERMINATE -> send(response, 202, actions(news).terminate(asked.pid()));
            case START_WORKER -> send(response, 202, actions(news).startWorker(asked.which()));
            case STOP_WORKER -> send(response, 202, actions(news).stopWorker(asked.which()));
        }
    }

    private Actions actions(Bulletin news) {
        return new Actions(reception.requests().orElseThrow(AdminDoor::notYet), news);
    }

    private void follow(LogFilter filter, Bulletin news, HttpServerResponse response) {
        boolean passesHere = news.inForce().settings().get(Guc.LOG_DESTINATION).contains(LogDestination.CONSOLE);
        var tap = reception
                .log()
                .filter(there -> passesHere)
                .orElseThrow(() -> new Refusal(Problem.of(
                        409,
                        "the log does not come back to the postmaster",
                        "set logging_collector = on, add console to log_destination, and restart the postmaster")));
        LogStream.begin(tap, filter, head(response, 200, LogStream.TYPE).setChunked(true));
    }

    private static void send(HttpServerResponse response, int status, JsonObject body) {
        head(response, status, JSON).end(body.encode() + "\n");
    }

    private static HttpServerResponse head(HttpServerResponse response, int status, String type) {
        return response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private AccessRules rules(InForce inForce) {
        return new AccessRules(inForce.token(), loopback, inForce.settings().get(Guc.MANAGEMENT_ADDRESS), user);
    }

    private static String description() {
        try (InputStream file = AdminDoor.class.getResourceAsStream("openapi.yaml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
