package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage.ErrorResponse;
import dev.postmaster.wire.BackendMessage.NoticeResponse;
import java.time.Duration;

/**
 * What reaches a session from outside: signals, time-outs, the postmaster's death (postgres.c: die, quickdie,
 * ProcessInterrupts). Called by any thread but the session's; what it may do at a moment, {@link Turn} decides.
 */
final class Interrupts {
    /** From one reminder of a note to the next: the first may have come between two statements of the store. */
    private static final Duration REMINDER = Duration.ofMillis(50);
    /** So long a client may take to read a goodbye. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    /** So long it may take before the immediate end of everybody. */
    private static final Duration QUICK_GOODBYE = Duration.ofMillis(200);

    private final Surroundings around;
    private final Turn turn;
    private final Client client;
    private final ConnectionLog connections;
    private final Timeouts timeouts;
    private volatile Runnable interruptStore = () -> {};

    Interrupts(Surroundings around, Turn turn, Client client, ConnectionLog connections) {
        this.around = around;
        this.timeouts = around.timeouts();
        this.turn = turn;
        this.client = client;
        this.connections = connections;
    }

    // The session's thread

    /** From now on {@code interrupt} stops what the store is doing. */
    void stopWorkWith(Runnable interrupt) {
        interruptStore = interrupt;
    }

    void startAuthentication(Duration limit) {
        timeouts.enable(Timeouts.Id.AUTHENTICATION, limit, this::terminate);
    }

    void endAuthentication() {
        timeouts.disable(Timeouts.Id.AUTHENTICATION);
    }

    /** {@code limit}: zero is none. */
    void startStatement(Duration limit) {
        if (!limit.isZero()) {
            timeouts.enable(Timeouts.Id.STATEMENT, limit, () -> cancel("canceling statement due to statement timeout"));
        }
    }

    void endStatement() {
        timeouts.disable(Timeouts.Id.STATEMENT);
    }

    // Any other thread

    /** SIGINT: stops the statement, if there is one (SG-26). */
    void cancel() {
        cancel("canceling statement due to user request");
    }

    private void cancel(String message) {
        if (turn.cancel(Report.of(Severity.ERROR, SqlState.QUERY_CANCELED, message))) {
            remind();
        }
    }

    /** SIGTERM, or the end of the time for authentication (SG-26). */
    void terminate() {
        end(fatal(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"));
    }

    /** The process may end as soon as this returns (CH-45). */
    void postmasterDied() {
        end(fatal(SqlState.ADMIN_SHUTDOWN, "terminating connection due to unexpected postmaster exit"));
        try {
            turn.awaitLeft(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGQUIT: leaves at once, with a word to the client if it can have one (SG-12). */
    void quit() {
        if (turn.isAuthenticated()) {
            client.say(new NoticeResponse(reasonToQuit()), QUICK_GOODBYE);
        }
        around.quit();
    }

    private Report reasonToQuit() {
        return switch (around.quitReason()) {
            case NOT_SENT -> {
                Report stray = Report.of(
                        Severity.WARNING,
                        SqlState.ADMIN_SHUTDOWN,
                        "terminating connection because of unexpected SIGQUIT signal");
                around.log().report(stray);
                yield stray;
            }
            case CRASH ->
                Report.of(
                                Severity.WARNING,
                                SqlState.CRASH_SHUTDOWN,
                                "terminating connection because of crash of another server process")
                        .withDetail("The postmaster has commanded this server process to roll back the current"
                                + " transaction and exit, because another server process exited abnormally and"
                                + " possibly corrupted shared memory.")
                        .withHint("In a moment you should be able to reconnect to the database and repeat your"
                                + " command.");
            case STOP ->
                Report.of(
                        Severity.WARNING,
                        SqlState.ADMIN_SHUTDOWN,
                        "terminating connection due to immediate shutdown command");
        };
    }

    private void end(Report farewell) {
        switch (turn.end(farewell)) {
            case LEAVE -> leave(fatal(SqlState.QUERY_CANCELED, "canceling authentication due to timeout"));
            case SAY_GOODBYE -> {
                client.say(new ErrorResponse(farewell), GOODBYE);
                leave(farewell);
            }
            case NOTED -> remind();
            case TOO_LATE -> {}
        }
    }

    /** Stops the work again and again until the session's thread has found the note. */
    private void remind() {
        if (!turn.insist(interruptStore)) {
            return;
        }
        Report farewell = client.hasBeenWritingFor(GOODBYE) ? turn.seize() : null;
        if (farewell == null) {
            timeouts.enable(Timeouts.Id.INSIST, REMINDER, this::remind);
        } else {
            leave(farewell);
        }
    }

    private void leave(Report farewell) {
        around.log().report(farewell);
        connections.disconnected();
        around.leave(1);
        turn.left();
    }
}
