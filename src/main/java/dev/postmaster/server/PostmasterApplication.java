package dev.postmaster.server;

import dev.postmaster.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;

/** The postmaster inside Quarkus: starts it on an event loop and waits for its end. */
public final class PostmasterApplication implements QuarkusApplication {
    private final Vertx vertx;
    private final StatusBoard board;
    private final MeterRegistry registry;

    /** The registry itself, not Micrometer's one of registries: half the work for each meter, and no second one to serve. */
    @Inject
    @SuppressWarnings("deprecation") // by Micrometer, in favour of one that Quarkus does not have yet
    PostmasterApplication(Vertx vertx, StatusBoard board, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.board = board;
        this.registry = registry;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        var postmaster = new Postmaster(vertx, PostmasterMain.takeFoundation(), board, new Meters(registry));
        postmaster.begin();
        return postmaster.awaitExit();
    }
}
