package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.ArrayDeque;
import java.util.Deque;

/** The savepoints of a block, latest first, with the settings at each. A name may be used again and hides the older. */
final class Savepoints {
    private record Savepoint(String name, SessionSettings.State settings) {}

    private final Deque<Savepoint> all = new ArrayDeque<>();

    boolean isEmpty() {
        return all.isEmpty();
    }

    void clear() {
        all.clear();
    }

    void add(String name, SessionSettings.State settings) {
        all.push(new Savepoint(name, settings));
    }

    /** @throws ReportException ERROR 3B001 if there is no savepoint of this name */
    void require(String name) {
        for (Savepoint savepoint : all) {
            if (savepoint.name.equals(name)) {
                return;
            }
        }
        throw error(SqlState.INVALID_SAVEPOINT_SPECIFICATION, "savepoint \"" + name + "\" does not exist");
    }

    /** Forgets all that came after this one; the settings as they were when it was made. */
    SessionSettings.State returnTo(String name) {
        require(name);
        while (!all.getFirst().name.equals(name)) {
            all.pop();
        }
        return all.getFirst().settings;
    }

    /** Forgets this one and all that came after it. */
    void release(String name) {
        returnTo(name);
        all.pop();
    }
}
