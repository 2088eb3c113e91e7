package dev.postmaster.admin;

import dev.postmaster.os.SocketOwner;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Who asks, as far as HTTP and the kernel tell; a header that is missing is an empty text.
 *
 * @param host whom the caller believes to speak to, with the port if it is not the usual one ({@code Host})
 * @param origin the page that makes a browser ask ({@code Origin})
 * @param site what that page has to do with us ({@code Sec-Fetch-Site})
 * @param authorization what the caller shows ({@code Authorization})
 * @param user whose process is at the other end; empty if it is not on this machine. Looked up when it matters
 */
record Caller(String host, String origin, String site, String authorization, Supplier<OptionalInt> user) {

    static Caller of(HttpServerRequest request) {
        SocketAddress there = request.connection().remoteAddress();
        SocketAddress here = request.connection().localAddress();
        return new Caller(
                host(request),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                header(request, "Authorization"),
                () -> SocketOwner.of(javaAddress(there), javaAddress(here)));
    }

    /** HTTP/2 has another place for it. */
    private static String host(HttpServerRequest request) {
        String header = header(request, "Host");
        return header.isEmpty() ? String.valueOf(request.authority()) : header;
    }

    private static String header(HttpServerRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }

    /** The host address is a number, so nothing is looked up. */
    private static InetSocketAddress javaAddress(SocketAddress address) {
        return new InetSocketAddress(address.hostAddress(), address.port());
    }
}
