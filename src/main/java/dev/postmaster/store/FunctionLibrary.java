package dev.postmaster.store;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.ReportException;
import dev.postmaster.store.function.Body;
import dev.postmaster.store.function.Functions;
import dev.postmaster.store.function.Surroundings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** The functions one connection knows. One is registered when a statement first misses it. */
final class FunctionLibrary implements Surroundings {
    private final Sqlite sqlite;
    private final StoreOptions options;
    private final Transaction transaction;
    private final Set<String> known = new HashSet<>();
    private @Nullable ReportException failure;

    FunctionLibrary(Sqlite sqlite, StoreOptions options, Transaction transaction) {
        this.sqlite = sqlite;
        this.options = options;
        this.transaction = transaction;
    }

    /** Compiles a statement with the functions it needs. */
    NativeStatement compile(String sql) throws SQLException {
        while (true) {
            try {
                return sqlite.compile(sql);
            } catch (SQLException e) {
                String missing = StatementFailures.missingFunction(e);
                if (missing == null || !register(missing.toLowerCase(Locale.ROOT))) {
                    throw e;
                }
            }
        }
    }

    private boolean register(String name) throws SQLException {
        Body body = known.contains(name) ? null : Functions.find(name, this);
        if (body == null) {
            return false;
        }
        known.add(name);
        int flags = Functions.deterministic(name) ? Function.FLAG_DETERMINISTIC : 0;
        Function.create(sqlite.connection(), name, new JavaFunction(name, body, this), -1, flags);
        return true;
    }

    /** Why a function failed, once: SQLite carries only the sentence. */
    @Nullable
    ReportException takeFailure() {
        ReportException taken = failure;
        failure = null;
        return taken;
    }

    void failed(ReportException why) {
        failure = why;
    }

    @Override
    public String database() {
        return options.database();
    }

    @Override
    public List<String> databases() {
        return Databases.list(options.baseDirectory()).stream()
                .map(Databases::name)
                .toList();
    }

    @Override
    public long databaseBytes() {
        return sqlite.file().toFile().length();
    }

    @Override
    public String user() {
        return options.session().user();
    }

    @Override
    public RoleBook roles() {
        return options.session().roles();
    }

    @Override
    public boolean rotateLog() {
        return options.session().rotateLog();
    }

    @Override
    public int backendPid() {
        return options.session().backendPid();
    }

    @Override
    public Map<String, String> settings() {
        return options.session().settings();
    }

    @Override
    public void set(String name, String value, boolean local) {
        options.session().set(name, value, local);
    }

    @Override
    public Instant transactionStart() {
        return transaction.began();
    }

    @Override
    public boolean sleep(long nanos) {
        return sqlite.lockWait().sleep(nanos);
    }

    @Override
    public @Nullable Object @Nullable [] query(String sql, @Nullable Object... values) {
        try {
            return sqlite.firstRow(sql, values);
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }

    @Override
    public List<@Nullable String> jsonElements(String json) {
        List<@Nullable String> elements = new ArrayList<>();
        try (NativeStatement each = sqlite.compile("SELECT value FROM json_each(?1)")) {
            for (boolean row = each.start(json); row; row = each.step()) {
                Object element = each.row(1)[0];
                elements.add(element == null ? null : element.toString());
            }
            return elements;
        } catch (SQLException e) {
            throw new ReportException(SqliteFailures.report(e), e);
        }
    }
}
