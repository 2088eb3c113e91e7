package dev.postmaster.child.backend;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to end the session: its own thread's while it works, anybody's while it waits for the client. The
 * one place where the session's thread and the threads that bring signals meet, and the only lock between them.
 *
 * <pre>
 *   STARTING ──▶ WORKING ◀──▶ WAITING      moved by the session's thread
 *       └───────────┴────────────┴───▶ LEAVING ──▶ LEFT      by whoever ends the session in its place
 * </pre>
 */
final class Turn {
    private enum State {
        /** Until the client is authenticated: it is told nothing. */
        STARTING,
        /** On a message of the client: signals leave a note, and the session's thread finds it. */
        WORKING,
        /** For the client's next message. */
        WAITING,
        /** Another thread says goodbye. */
        LEAVING,
        /** It is said. */
        LEFT
    }

    private State state = State.STARTING;
    /** Nothing of what the client has asked for is left to do. */
    private boolean idle = true;
    /** Why the work shall stop; forgotten when it has. */
    private @Nullable Report cancellation;
    /** Why the session shall end. */
    private @Nullable Report farewell;
    /** Whether one of them was not heeded yet; read without the lock on the way through a result. */
    private volatile boolean noted;

    // The session's thread.

    /** Takes the turn. False if somebody else has ended the session; then the goodbye has been said. */
    synchronized boolean beginWork() {
        return keep(State.WORKING);
    }

    /** Ends the session. False if somebody else has done so. */
    synchronized boolean finish() {
        boolean mine = keep(State.LEFT);
        notifyAll();
        return mine;
    }

    private synchronized boolean keep(State next) {
        boolean interrupted = false;
        while (state == State.LEAVING) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (state == State.LEFT) {
            return false;
        }
        state = next;
        idle = false;
        return true;
    }

    /** All is done that the client has asked for: what would cancel it comes too late and is forgotten. */
    synchronized void becomeIdle() {
        idle = true;
        cancellation = null;
        noted = farewell != null;
    }

    /**
     * Gives the turn away until the client's next message, which may be one of many that belong together.
     *
     * @throws ReportException FATAL, if the session shall end
     */
    synchronized void beginWait() {
        if (farewell != null) {
            throw new ReportException(farewell);
        }
        if (state == State.WORKING) {
            state = State.WAITING;
        }
    }

    /** Throws what the work or the session shall end with, if there is such a note (CHECK_FOR_INTERRUPTS). */
    void heed() {
        if (noted) {
            throw new ReportException(explain(Report.of(Severity.ERROR, SqlState.QUERY_CANCELED, "interrupted")));
        }
    }

    /** The true reason of an error: a note, if one interrupted the work, else the error itself. Ends the note. */
    synchronized Report explain(Report error) {
        Report reason = farewell;
        if (reason == null && error.sqlState() == SqlState.QUERY_CANCELED) {
            reason = cancellation;
        }
        cancellation = null;
        noted = false;
        return reason == null ? error : reason;
    }

    // Any other thread.

    /** Notes that the work shall stop; false if there is none. The first reason stands. */
    synchronized boolean cancel(Report reason) {
        if (idle) {
            return false;
        }
        if (cancellation == null) {
            cancellation = reason;
        }
        noted = true;
        return true;
    }

    /** What {@link #end} says about the one who called it. */
    enum Verdict {
        /** The client has not been authenticated: leave without a word, then call {@link #left}. */
        LEAVE,
        /** The client is waiting to hear from you: say goodbye, leave, then call {@link #left}. */
        SAY_GOODBYE,
        /** The session's thread will do it; see that it gets to. */
        NOTED,
        /** Somebody else is at it. */
        TOO_LATE
    }

    /** Notes that the session shall end, or makes the caller the one to end it. The first reason stands. */
    synchronized Verdict end(Report reason) {
        return switch (state) {
            case STARTING -> leaving(Verdict.LEAVE);
            case WAITING -> leaving(Verdict.SAY_GOODBYE);
            case WORKING -> {
                if (farewell == null) {
                    farewell = reason;
                }
                noted = true;
                yield Verdict.NOTED;
            }
            case LEAVING, LEFT -> Verdict.TOO_LATE;
        };
    }

    /** Takes the end away from a session's thread that cannot come to it; its reason, or null if it has none. */
    synchronized @Nullable Report seize() {
        if (state == State.WORKING && farewell != null) {
            state = State.LEAVING;
            return farewell;
        }
        return null;
    }

    /** Runs {@code interrupt} if a note has not been heeded yet; whether it had to. */
    synchronized boolean insist(Runnable interrupt) {
        boolean insisted = state == State.WORKING && noted;
        if (insisted) {
            interrupt.run();
        }
        return insisted;
    }

    /** Whether the client may be told something. */
    synchronized boolean isAuthenticated() {
        return state != State.STARTING;
    }

    /** Any thread: the session is over. */
    synchronized void left() {
        state = State.LEFT;
        notifyAll();
    }

    /** Waits until the session is over, for {@code patience} at most. */
    synchronized void awaitLeft(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (state != State.LEFT && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private Verdict leaving(Verdict verdict) {
        state = State.LEAVING;
        return verdict;
    }
}
