package dev.postmaster.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page at {@code /}, and the modules it is made of below {@code /page}: files that are the same everywhere. What
 * the page shows it asks of the API, by whose rules it is let in or not; so these files are for whoever reaches the port
 * (decision 141).
 */
@Singleton
final class PageDoor {
    /** Nothing but our own files, nothing inline, in nobody's frame. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    void open(@Observes Router router) {
        router.route("/")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> serve("index.html", context));
        router.routeWithRegex("/page/(?<file>[a-z]+\\.(css|js|svg))")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> serve(context.pathParam("file"), context));
    }

    private static void serve(String file, RoutingContext context) {
        byte[] content = read(file);
        if (content == null) {
            context.next();
            return;
        }
        context.response()
                .putHeader("Content-Type", TYPES.get(file.substring(file.indexOf('.') + 1)))
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-cache")
                .end(Buffer.buffer(content));
    }

    private static byte @Nullable [] read(String file) {
        try (InputStream stream = PageDoor.class.getResourceAsStream("page/" + file)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
