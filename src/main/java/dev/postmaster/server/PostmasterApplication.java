package dev.postmaster.server;

import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;

/** The postmaster inside Quarkus: starts it on an event loop and waits for its end. */
public final class PostmasterApplication implements QuarkusApplication {
    private final Vertx vertx;
    private final StatusBoard board;

    @Inject
    PostmasterApplication(Vertx vertx, StatusBoard board) {
        this.vertx = vertx;
        this.board = board;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        var postmaster = new Postmaster(vertx, PostmasterMain.takeFoundation(), board);
        postmaster.begin();
        return postmaster.awaitExit();
    }
}
