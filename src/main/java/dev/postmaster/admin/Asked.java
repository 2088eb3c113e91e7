package dev.postmaster.admin;

import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What a request asks for.
 *
 * @param which what stands for the part of the path in braces; empty if there is none
 * @param query the parameters, by name
 */
record Asked(Endpoint endpoint, String which, Map<String, String> query) {
    private static final int LONGEST_PID = 9;

    /**
     * @param path below the root of the API
     * @throws Refusal 404 if there is no such path, 405 if it has another method
     */
    static Asked of(String method, String path, Map<String, String> query) {
        var allowed = new StringJoiner(", ");
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<String> which = endpoint.match(path);
            if (which.isPresent() && endpoint.method().equals(method)) {
                return new Asked(endpoint, which.get(), query);
            }
            which.ifPresent(here -> allowed.add(endpoint.method()));
        }
        if (allowed.length() == 0) {
            throw new Refusal(Problem.of(404, "there is no " + path + " here", "/openapi.yaml lists what there is"));
        }
        throw new Refusal(Problem.of(405, method + " is not for " + path, "use " + allowed)
                .with("Allow", allowed.toString()));
    }

    /** @throws Refusal 400 if it is no number of a process */
    int pid() {
        return pid(which);
    }

    static int pid(String text) {
        if (!text.matches("[1-9]\\d*") || text.length() > LONGEST_PID) {
            throw new Refusal(Problem.of(400, "\"" + text + "\" is no process number", "/processes lists them"));
        }
        return Integer.parseInt(text);
    }

    /** A parameter; empty if it is not given. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
