package dev.postmaster.admin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API has: one row for each method and path. */
enum Endpoint {
    STATUS("GET", "/status"),
    PROCESSES("GET", "/processes"),
    PROCESS("GET", "/processes/{pid}"),
    WORKERS("GET", "/workers"),
    SETTINGS("GET", "/settings"),
    HISTORY("GET", "/history"),
    LOG("GET", "/log"),
    OPENAPI("GET", "/openapi.yaml"),
    RELOAD("POST", "/reload"),
    ROTATE_LOG("POST", "/rotate-log"),
    STOP("POST", "/stop"),
    TERMINATE("POST", "/processes/{pid}/terminate"),
    START_WORKER("POST", "/workers/{name}/start"),
    STOP_WORKER("POST", "/workers/{name}/stop");

    private final String method;
    private final String path;
    private final Pattern pattern;

    /** @param path below the root of the API, with at most one part in braces */
    Endpoint(String method, String path) {
        this.method = method;
        this.path = path;
        this.pattern = Pattern.compile(path.replace(".", "\\.").replaceAll("\\{\\w+}", "([^/]+)"));
    }

    String method() {
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
