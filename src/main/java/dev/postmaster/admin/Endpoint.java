package dev.postmaster.admin;

import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API has: one row for each method and path. */
enum Endpoint {
    STATUS(HttpMethod.GET, "/status"),
    PROCESSES(HttpMethod.GET, "/processes"),
    PROCESS(HttpMethod.GET, "/processes/{pid}"),
    WORKERS(HttpMethod.GET, "/workers"),
    SETTINGS(HttpMethod.GET, "/settings"),
    HISTORY(HttpMethod.GET, "/history"),
    LOG(HttpMethod.GET, "/log"),
    OPENAPI(HttpMethod.GET, "/openapi.yaml"),
    RELOAD(HttpMethod.POST, "/reload"),
    ROTATE_LOG(HttpMethod.POST, "/rotate-log"),
    STOP(HttpMethod.POST, "/stop"),
    TERMINATE(HttpMethod.POST, "/processes/{pid}/terminate"),
    START_WORKER(HttpMethod.POST, "/workers/{name}/start"),
    STOP_WORKER(HttpMethod.POST, "/workers/{name}/stop");

    private final HttpMethod method;
    private final String path;
    private final Pattern pattern;

    /** @param path below the root of the API, with at most one part in braces */
    Endpoint(HttpMethod method, String path) {
        this.method = method;
        this.path = path;
        this.pattern = Pattern.compile(path.replace(".", "\\.").replaceAll("\\{\\w+}", "([^/]+)"));
    }

    HttpMethod method() {
        return method;
    }

    String path() {
        return path;
    }

    /** What stands for the part in braces, an empty text if there is none; nothing if the path is another one. */
    Optional<String> match(String asked) {
        Matcher matcher = pattern.matcher(asked);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(matcher.groupCount() == 0 ? "" : matcher.group(1));
    }
}
