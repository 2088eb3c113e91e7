package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.HashMap;
import java.util.Map;

/** The portals of a session by name; the unnamed one has the empty name. None outlives its transaction. */
final class Portals {
    private final Map<String, Portal> byName = new HashMap<>();

    /** @throws ReportException ERROR 42P03 if the name is taken; the unnamed portal gives way */
    void requireFree(String name) {
        if (name.isEmpty()) {
            close(name);
        } else if (byName.containsKey(name)) {
            throw error(SqlState.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
        }
    }

    void add(String name, Portal portal) {
        byName.put(name, portal);
    }

    /** @throws ReportException ERROR 34000 if there is none */
    Portal require(String name) {
        Portal portal = byName.get(name);
        if (portal == null) {
            throw error(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return portal;
    }

    /** It is no error if there is none. */
    void close(String name) {
        Portal portal = byName.remove(name);
        if (portal != null) {
            portal.close();
        }
    }

    void closeAll() {
        byName.values().forEach(Portal::close);
        byName.clear();
    }
}
