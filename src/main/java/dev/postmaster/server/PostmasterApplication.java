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
    private final Reception reception;
    private final MeterRegistry registry;

    /** The registry itself, not Micrometer's one of registries: half the work for each meter, and no second one to serve. */
    @Inject
    @SuppressWarnings("deprecation") // by Micrometer, in favour of one that Quarkus does not have yet
    PostmasterApplication(Vertx vertx, StatusBoard board, Reception reception, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.board = board;
        this.reception = reception;
        this.registry = registry;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        Foundation foundation = PostmasterMain.takeFoundation();
        var postmaster = new Postmaster(vertx, foundation, board, new Meters(registry));
        LogCollector collector = foundation.collector();
        reception.open(new RequestDesk(postmaster), collector == null ? null : collector.tap());
        postmaster.begin();
        return postmaster.awaitExit();
    }
}
