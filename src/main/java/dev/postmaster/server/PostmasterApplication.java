package dev.postmaster.server;

import dev.postmaster.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;

/** The postmaster inside Quarkus: starts it on an event loop and waits for its end. */
public final class PostmasterApplication implements QuarkusApplication {
    private final Vertx vertx;
    private final StatusBoard board;
    private final MeterRegistry registry;

    @Inject
    PostmasterApplication(Vertx vertx, StatusBoard board, MeterRegistry registry) {
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
