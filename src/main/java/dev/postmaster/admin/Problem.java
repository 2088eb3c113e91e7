package dev.postmaster.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Why a request is not served, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param detail names what is wrong
 * @param remedy what the caller, or the operator, can do
 * @param headers that go with it
 */
record Problem(int status, String detail, String remedy, Map<String, String> headers) {
    static final String TYPE = "application/problem+json";

    static Problem of(int status, String detail, String remedy) {
        return new Problem(status, detail, remedy, Map.of());
    }

    Problem with(String header, String value) {
        return new Problem(status, detail, remedy, Map.of(header, value));
    }

    JsonObject json() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail)
                .put("remedy", remedy);
    }
}
