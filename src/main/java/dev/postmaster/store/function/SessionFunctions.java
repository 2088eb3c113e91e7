package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.Booleans;
import dev.postmaster.store.type.SqlError;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Functions about the session and the server. */
final class SessionFunctions {
    private static final double NANOS_PER_SECOND = 1e9;

    private SessionFunctions() {}

    static @Nullable Body find(String name, Surroundings session) {
        return switch (name) {
            case "version" -> arguments -> version(session);
            case "current_database" -> arguments -> session.database();
            case "current_user" -> arguments -> session.user();
            case "current_schema" -> arguments -> "public";
            case "pg_backend_pid" -> arguments -> (long) session.backendPid();
            case "pg_rotate_logfile" -> arguments -> session.rotateLog();
            case "current_setting" -> arguments -> setting(session, arguments);
            case "set_config" -> arguments -> setConfig(session, arguments);
            case "pg_sleep" -> arguments -> sleep(session, arguments[0]);
            case "pg_is_in_recovery" -> arguments -> false;
            case "pg_random" -> random();
            case "gen_random_uuid" -> arguments -> java.util.UUID.randomUUID().toString();
            case "inet_server_addr", "inet_server_port", "inet_client_addr", "inet_client_port" -> arguments -> null;
            default -> null;
        };
    }

    private static Body random() {
        Random random = new Random();
        return arguments -> random.nextDouble();
    }

    /** PostgreSQL's version first, because clients read it from there. */
    private static String version(Surroundings session) {
        return "PostgreSQL " + session.settings().getOrDefault("server_version", "15") + " on "
                + System.getProperty("os.arch") + "-linux, SQLite " + sqliteVersion(session);
    }

    private static String sqliteVersion(Surroundings session) {
        @Nullable Object @Nullable [] row = session.query("SELECT sqlite_version()");
        return row == null ? "" : String.valueOf(row[0]);
    }

    private static @Nullable Object setting(Surroundings session, @Nullable Object[] arguments) {
        String name = String.valueOf(arguments[0]).toLowerCase(Locale.ROOT);
        String value = session.settings().get(name);
        boolean missingOk =
                arguments.length > 1 && arguments[1] != null && Boolean.TRUE.equals(Booleans.of(arguments[1]));
        if (value == null && !missingOk) {
            throw SqlError.of(
                    SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + arguments[0] + "\"");
        }
        return value;
    }

    private static @Nullable Object setConfig(Surroundings session, @Nullable Object[] arguments) {
        String value = arguments[1] == null ? "" : arguments[1].toString();
        boolean local = arguments[2] != null && Boolean.TRUE.equals(Booleans.of(arguments[2]));
        session.set(String.valueOf(arguments[0]).toLowerCase(Locale.ROOT), value, local);
        return value;
    }

    private static @Nullable Object sleep(Surroundings session, @Nullable Object seconds) {
        if (seconds == null) {
            return null;
        }
        if (!session.sleep((long) (Double.parseDouble(seconds.toString()) * NANOS_PER_SECOND))) {
            throw SqlError.of(SqlState.QUERY_CANCELED, "canceling statement due to user request");
        }
        return "";
    }
}
