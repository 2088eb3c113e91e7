package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.Kind;
import java.util.HashMap;
import java.util.Map;

/** The prepared statements of a session by name; the unnamed one has the empty name (prepare.c). */
final class PreparedStatements {
    private final Map<String, Prepared> byName = new HashMap<>();

    /** @throws ReportException ERROR 42P05 if the name is taken; the unnamed statement gives way */
    void requireFree(String name) {
        if (name.isEmpty()) {
            remove(name);
        } else if (byName.containsKey(name)) {
            throw error(SqlState.DUPLICATE_PREPARED_STATEMENT, "prepared statement \"" + name + "\" already exists");
        }
    }

    void add(String name, Prepared prepared) {
        byName.put(name, prepared);
    }

    /** @throws ReportException ERROR 26000 if there is none */
    Prepared require(String name) {
        Prepared prepared = byName.get(name);
        if (prepared == null) {
            throw error(
                    SqlState.INVALID_SQL_STATEMENT_NAME,
                    name.isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + name + "\" does not exist");
        }
        return prepared;
    }

    /** The statement whose rows {@code prepared} gives: another one's, if it is an EXECUTE of one that there is. */
    Prepared giverOfRows(Prepared prepared) {
        Prepared target =
                prepared.statement().kind() instanceof Kind.Execute execute ? byName.get(execute.name()) : null;
        return target == null ? prepared : target;
    }

    /** It is no error if there is none. */
    void remove(String name) {
        Prepared prepared = byName.remove(name);
        if (prepared != null) {
            prepared.release();
        }
    }

    void clear() {
        byName.values().forEach(Prepared::release);
        byName.clear();
    }
}
