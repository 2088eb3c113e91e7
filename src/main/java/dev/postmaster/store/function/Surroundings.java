package dev.postmaster.store.function;

import dev.postmaster.auth.role.RoleBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What functions ask about the session, the transaction and the statement they run in. */
public interface Surroundings {

    String database();

    /** The databases of the cluster by name. */
    List<String> databases();

    /** Bytes of the session's database file. */
    long databaseBytes();

    String user();

    /** The roles of the cluster. */
    RoleBook roles();

    int backendPid();

    Map<String, String> settings();

    void set(String name, String value, boolean local);

    /** False if there is no log to rotate. */
    boolean rotateLog();

    /** When the transaction began, to the microsecond. */
    Instant transactionStart();

    /** Sleeps; false when somebody interrupted. */
    boolean sleep(long nanos);

    /** The first row of a query on the same connection; null when it has none. */
    @Nullable
    Object @Nullable [] query(String sql, @Nullable Object... values);

    /** The elements of a JSON array, as text. */
    List<@Nullable String> jsonElements(String json);
}
