package dev.postmaster.config;

import static dev.postmaster.config.SettingContext.BACKEND;
import static dev.postmaster.config.SettingContext.POSTMASTER;
import static dev.postmaster.config.SettingContext.SIGHUP;
import static dev.postmaster.config.SettingContext.USER;

import dev.postmaster.core.CrashScope;
import dev.postmaster.report.LogDestination;
import dev.postmaster.report.Severity;
import dev.postmaster.report.Verbosity;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every setting there is (guc_tables.c). A setting stands here only if some code reads it. */
public final class Guc {
    /** MAX_BACKENDS of PostgreSQL: the sum of all kinds of backends may not exceed it (PM-59). */
    static final int MAX_BACKENDS = 262_143;

    public static final Setting<String> DATA_DIRECTORY = new Setting<>(
            "data_directory", text(), "", POSTMASTER, "Directory of the cluster; -D, or PGDATA in the environment");
    public static final Setting<String> CONFIG_FILE = new Setting<>(
            "config_file",
            text(),
            "",
            POSTMASTER,
            "Configuration file, given outside of it; empty is postmaster.conf in the data directory");
    public static final Setting<String> EXTERNAL_PID_FILE = new Setting<>(
            "external_pid_file", text(), "", POSTMASTER, "Further file to write the process id of the postmaster to");

    public static final Setting<String> HBA_FILE = new Setting<>(
            "hba_file",
            text(),
            "pg_hba.conf",
            POSTMASTER,
            "File that says who may connect, and how they prove who they are; relative to the data directory");
    public static final Setting<String> IDENT_FILE = new Setting<>(
            "ident_file",
            text(),
            "pg_ident.conf",
            POSTMASTER,
            "File that says which user of the operating system may be which role; relative to the data directory");

    public static final Setting<ClusterKind> CLUSTER = new Setting<>(
            "cluster",
            word(ClusterKind.class),
            ClusterKind.SQLITE,
            POSTMASTER,
            "Whether there are databases; with none the data directory is any directory, and only programs are run");

    public static final Setting<List<String>> LISTEN_ADDRESSES = new Setting<>(
            "listen_addresses",
            new ListType(),
            List.of("localhost"),
            POSTMASTER,
            "Host names or addresses to listen on; * is every address, an empty list is no TCP at all");
    public static final Setting<Integer> PORT =
            new Setting<>("port", number(1, 65_535), 5432, POSTMASTER, "TCP port, and suffix of the Unix socket");
    public static final Setting<List<String>> UNIX_SOCKET_DIRECTORIES = new Setting<>(
            "unix_socket_directories",
            new ListType(),
            List.of("/tmp"),
            POSTMASTER,
            "Directories for Unix sockets; a name that begins with @ is abstract");
    public static final Setting<String> UNIX_SOCKET_GROUP = new Setting<>(
            "unix_socket_group", text(), "", POSTMASTER, "Group of the Unix sockets; empty is that of the postmaster");
    public static final Setting<Integer> UNIX_SOCKET_PERMISSIONS = new Setting<>(
            "unix_socket_permissions",
            new IntType(new IntRange(Unit.NONE, 0, 0777), true),
            0777,
            POSTMASTER,
            "Access mode of the Unix sockets, in octal");
    public static final Setting<Integer> MAX_CONNECTIONS =
            new Setting<>("max_connections", number(1, MAX_BACKENDS), 100, POSTMASTER, "Sessions at one time");
    public static final Setting<Integer> SUPERUSER_RESERVED_CONNECTIONS = new Setting<>(
            "superuser_reserved_connections",
            number(0, MAX_BACKENDS),
            3,
            POSTMASTER,
            "How many of max_connections only superusers get");
    public static final Setting<Integer> MAX_CONNECTIONS_PER_SOURCE = new Setting<>(
            "max_connections_per_source",
            number(0, MAX_BACKENDS),
            0,
            SIGHUP,
            "Sessions at one time from one address; 0 is no limit, and Unix sockets have none");
    public static final Setting<Integer> CONNECTION_RATE_PER_SOURCE = new Setting<>(
            "connection_rate_per_source",
            number(0, 1_000_000),
            0,
            SIGHUP,
            "Sessions that one address may ask for in a second; 0 is no limit, and Unix sockets have none");
    public static final Setting<Integer> SPARES_MIN = new Setting<>(
            "spares_min", number(0, MAX_BACKENDS), 1, SIGHUP, "Backends that wait for clients ahead of time, at least");
    public static final Setting<Integer> SPARES_MAX = new Setting<>(
            "spares_max",
            number(0, MAX_BACKENDS),
            16,
            SIGHUP,
            "The same, at most, and never more than half of max_connections; with 0 a backend is launched for each client");
    public static final Setting<Integer> SESSIONS_PER_BACKEND = new Setting<>(
            "sessions_per_backend",
            number(0, Integer.MAX_VALUE),
            100_000,
            SIGHUP,
            "Clients a backend serves, one after the other, before it is replaced; 1 gives each a fresh process, 0 is no limit");
    public static final Setting<Duration> AUTHENTICATION_TIMEOUT = new Setting<>(
            "authentication_timeout",
            time(Unit.SECOND, 1, 600),
            Duration.ofMinutes(1),
            SIGHUP,
            "Longest time a client may take to say who it is");
    public static final Setting<Duration> AUTHENTICATION_FAILURE_DELAY = new Setting<>(
            "authentication_failure_delay",
            time(Unit.MILLISECOND, 0, 600_000),
            Duration.ZERO,
            SIGHUP,
            "How long a client that failed to prove who it is waits to hear so; it keeps its backend meanwhile");
    public static final Setting<Boolean> SSL =
            new Setting<>("ssl", bool(), false, SIGHUP, "Offer TLS to clients over TCP; each backend does it itself");
    public static final Setting<String> SSL_CERT_FILE = new Setting<>(
            "ssl_cert_file",
            text(),
            "server.crt",
            SIGHUP,
            "Certificate of the server and those that lead to it, in PEM form, absolute or within the data directory");
    public static final Setting<String> SSL_KEY_FILE = new Setting<>(
            "ssl_key_file",
            text(),
            "server.key",
            SIGHUP,
            "Private key of the server, in PEM form and without a passphrase; nobody else may be able to read it");
    public static final Setting<String> SSL_CA_FILE = new Setting<>(
            "ssl_ca_file",
            text(),
            "",
            SIGHUP,
            "Certificates of those who may issue certificates to clients; empty asks clients for none");
    public static final Setting<String> SSL_CRL_FILE = new Setting<>(
            "ssl_crl_file",
            text(),
            "",
            SIGHUP,
            "Lists of client certificates that are not good any more, one of each issuer");
    public static final Setting<TlsVersion> SSL_MIN_PROTOCOL_VERSION = new Setting<>(
            "ssl_min_protocol_version",
            new TlsVersionType(false),
            TlsVersion.TLSV1_2,
            SIGHUP,
            "Oldest version of TLS to speak");
    public static final Setting<TlsVersion> SSL_MAX_PROTOCOL_VERSION = new Setting<>(
            "ssl_max_protocol_version",
            new TlsVersionType(true),
            TlsVersion.ANY,
            SIGHUP,
            "Newest version of TLS to speak; empty is no limit");
    public static final Setting<Integer> MANAGEMENT_PORT = new Setting<>(
            "management_port",
            number(0, 65_535),
            9000,
            POSTMASTER,
            "Port for health checks, metrics and the admin API, over HTTP; 0 is none");
    public static final Setting<String> MANAGEMENT_ADDRESS = new Setting<>(
            "management_address",
            text(),
            "localhost",
            POSTMASTER,
            "Host name or address that management_port listens on; 0.0.0.0 is every one, and whoever reaches it may ask for health and metrics");

    public static final Setting<String> ADMIN_TOKEN_FILE = new Setting<>(
            "admin_token_file",
            text(),
            "",
            SIGHUP,
            "File with the token that opens the admin API; without one it serves our own user and root, on a loopback address only");

    public static final Setting<List<String>> BACKEND_COMMAND = new Setting<>(
            "backend_command",
            new CommandType(),
            List.of(),
            POSTMASTER,
            "Program that serves each client instead of our own; quoted as for a shell, but no shell looks at it");
    public static final Setting<BackendSocket> BACKEND_SOCKET = new Setting<>(
            "backend_socket",
            word(BackendSocket.class),
            BackendSocket.INETD,
            POSTMASTER,
            "How the program finds its client: as standard input and output, or as descriptor 3 with LISTEN_FDS");
    public static final Setting<List<String>> BACKEND_ENVIRONMENT = new Setting<>(
            "backend_environment",
            new CommandType(),
            List.of(),
            SIGHUP,
            "Variables for the program: NAME=value, quoted as for a shell");
    public static final Setting<String> BACKEND_USER = new Setting<>(
            "backend_user",
            text(),
            "",
            SIGHUP,
            "User the program runs as, by setpriv; needs a postmaster that runs as root");
    public static final Setting<List<String>> BACKEND_LIMITS = new Setting<>(
            "backend_limits",
            new ListType(),
            List.of(),
            SIGHUP,
            "Resource limits of the program, by prlimit: nofile=1024, as=268435456, nproc=64:128");

    public static final Setting<Integer> AUTOVACUUM_MAX_WORKERS = new Setting<>(
            "autovacuum_max_workers", number(1, MAX_BACKENDS), 3, POSTMASTER, "Autovacuum workers at one time");
    public static final Setting<Integer> MAX_WORKER_PROCESSES = new Setting<>(
            "max_worker_processes",
            number(0, MAX_BACKENDS),
            8,
            POSTMASTER,
            "Background workers that are registered, running or not; one that is done, stopped or given up is not");
    public static final Setting<Integer> MAX_PARALLEL_WORKERS = new Setting<>(
            "max_parallel_workers",
            number(0, 1024),
            8,
            POSTMASTER,
            "Background workers of the parallel class at one time");
    public static final Setting<Integer> MAX_WAL_SENDERS = new Setting<>(
            "max_wal_senders", number(0, MAX_BACKENDS), 10, POSTMASTER, "Replication sessions at one time");

    public static final Setting<Boolean> RESTART_AFTER_CRASH = new Setting<>(
            "restart_after_crash", bool(), true, SIGHUP, "Start over after the crash of a child, instead of exiting");
    public static final Setting<Integer> CRASH_RESTART_LIMIT = new Setting<>(
            "crash_restart_limit",
            number(0, 1_000_000),
            10,
            SIGHUP,
            "Crashes in a row after which the postmaster exits instead of starting over; 0 is no limit");
    public static final Setting<Integer> CHILD_RESTART_LIMIT = new Setting<>(
            "child_restart_limit",
            number(0, 1_000_000),
            10,
            SIGHUP,
            "Setbacks of a checkpointer or writer in a row after which the system starts over; 0 is no limit");
    public static final Setting<Duration> RESTART_PAUSE_MAX = new Setting<>(
            "restart_pause_max",
            time(Unit.SECOND, 1, 3_600),
            Duration.ofSeconds(30),
            SIGHUP,
            "Longest pause between two tries to launch a child; the first is none, the second a second, then doubled");
    public static final Setting<Duration> RESTART_HEALTHY_AFTER = new Setting<>(
            "restart_healthy_after",
            time(Unit.SECOND, 1, 86_400),
            Duration.ofMinutes(1),
            SIGHUP,
            "How long nothing may go wrong until setbacks and crashes are forgotten");
    public static final Setting<CrashScope> CRASH_SCOPE = new Setting<>(
            "crash_scope",
            word(CrashScope.class),
            CrashScope.ISOLATED,
            POSTMASTER,
            "Whom the crash of a backend ends: only its own session, or all as in PostgreSQL");
    public static final Setting<Duration> SMART_SHUTDOWN_TIMEOUT = new Setting<>(
            "smart_shutdown_timeout",
            time(Unit.SECOND, 0, 86_400),
            Duration.ZERO,
            SIGHUP,
            "How long a smart shutdown waits for the sessions before it becomes a fast one; 0 is for ever");
    public static final Setting<Duration> FAST_SHUTDOWN_TIMEOUT = new Setting<>(
            "fast_shutdown_timeout",
            time(Unit.SECOND, 0, 86_400),
            Duration.ofMinutes(1),
            SIGHUP,
            "How long a fast shutdown may take before it becomes an immediate one; 0 is for ever");
    public static final Setting<Boolean> SEND_ABORT_FOR_CRASH = new Setting<>(
            "send_abort_for_crash",
            bool(),
            false,
            SIGHUP,
            "End the others after a crash by SIGABRT, to get their cores");
    public static final Setting<Boolean> SEND_ABORT_FOR_KILL = new Setting<>(
            "send_abort_for_kill", bool(), false, SIGHUP, "End those who do not leave by SIGABRT, to get their cores");
    public static final Setting<Boolean> HOT_STANDBY =
            new Setting<>("hot_standby", bool(), true, POSTMASTER, "Accept read-only sessions during recovery");
    public static final Setting<Boolean> ALLOW_ROOT =
            new Setting<>("allow_root", bool(), false, POSTMASTER, "Run as root, which is otherwise refused");
    public static final Setting<Boolean> CORE_FILES = new Setting<>(
            "core_files",
            bool(),
            false,
            POSTMASTER,
            "Leave the limit of core files as it is, instead of none; they hold what is in memory, secrets too");
    public static final Setting<List<String>> CHILD_JAVA_OPTIONS = new Setting<>(
            "child_java_options",
            new ListType(),
            List.of(),
            POSTMASTER,
            "Options for the JVM of each child, after those it always has");

    public static final Setting<Duration> CHECKPOINT_TIMEOUT = new Setting<>(
            "checkpoint_timeout",
            time(Unit.SECOND, 30, 86_400),
            Duration.ofMinutes(5),
            SIGHUP,
            "Longest time between two checkpoints");
    public static final Setting<Long> MAX_WAL_SIZE = new Setting<>(
            "max_wal_size",
            new SizeType(new IntRange(Unit.MEGABYTE, 2, Integer.MAX_VALUE)),
            1L << 30,
            SIGHUP,
            "Size of a database's write-ahead log that starts a checkpoint");
    public static final Setting<SynchronousCommit> SYNCHRONOUS_COMMIT = new Setting<>(
            "synchronous_commit",
            new EnumType<>(
                    SynchronousCommit.class,
                    Map.of(
                            "true", SynchronousCommit.ON,
                            "yes", SynchronousCommit.ON,
                            "1", SynchronousCommit.ON,
                            "false", SynchronousCommit.OFF,
                            "no", SynchronousCommit.OFF,
                            "0", SynchronousCommit.OFF)),
            SynchronousCommit.ON,
            USER,
            "Whether a commit waits until it is durable");
    public static final Setting<Duration> STATEMENT_TIMEOUT = new Setting<>(
            "statement_timeout",
            time(Unit.MILLISECOND, 0, Integer.MAX_VALUE),
            Duration.ZERO,
            USER,
            "Longest time a statement may run; 0 is for ever");
    public static final Setting<Duration> LOCK_TIMEOUT = new Setting<>(
            "lock_timeout",
            time(Unit.MILLISECOND, 0, Integer.MAX_VALUE),
            Duration.ZERO,
            USER,
            "Longest time a statement may wait for another session's lock; 0 is for ever");

    public static final Setting<Set<LogDestination>> LOG_DESTINATION = new Setting<>(
            "log_destination",
            new DestinationsType(),
            Set.of(LogDestination.STDERR),
            SIGHUP,
            "Where the log goes; all but stderr need logging_collector, console is the postmaster's own output");
    public static final Setting<Boolean> LOGGING_COLLECTOR = new Setting<>(
            "logging_collector", bool(), false, POSTMASTER, "Have a child collect the log of all processes into files");
    public static final Setting<String> LOG_DIRECTORY = new Setting<>(
            "log_directory", text(), "log", SIGHUP, "Where log files are, absolute or within the data directory");
    public static final Setting<String> LOG_FILENAME = new Setting<>(
            "log_filename",
            text(),
            "postgresql-%Y-%m-%d_%H%M%S.log",
            SIGHUP,
            "Name of a log file, with the escapes of strftime");
    public static final Setting<Integer> LOG_FILE_MODE = new Setting<>(
            "log_file_mode",
            new IntType(new IntRange(Unit.NONE, 0, 0777), true),
            0600,
            SIGHUP,
            "Access mode of log files, in octal");
    public static final Setting<Duration> LOG_ROTATION_AGE = new Setting<>(
            "log_rotation_age",
            time(Unit.MINUTE, 0, Integer.MAX_VALUE / 60),
            Duration.ofDays(1),
            SIGHUP,
            "Time after which a new log file begins; 0 is never");
    public static final Setting<Long> LOG_ROTATION_SIZE = new Setting<>(
            "log_rotation_size",
            new SizeType(new IntRange(Unit.KILOBYTE, 0, Integer.MAX_VALUE / 1024)),
            10L << 20,
            SIGHUP,
            "Size after which a new log file begins; 0 is no limit");
    public static final Setting<Boolean> LOG_TRUNCATE_ON_ROTATION = new Setting<>(
            "log_truncate_on_rotation",
            bool(),
            false,
            SIGHUP,
            "Begin a file anew, if it exists already, when its time has come round");
    public static final Setting<Severity> LOG_MIN_MESSAGES = new Setting<>(
            "log_min_messages",
            new EnumType<>(Severity.class, Map.of("debug", Severity.DEBUG2)),
            Severity.WARNING,
            USER,
            "Least severity that is logged; log ranks just below fatal");
    public static final Setting<Severity> LOG_MIN_ERROR_STATEMENT = new Setting<>(
            "log_min_error_statement",
            new EnumType<>(Severity.class, Map.of("debug", Severity.DEBUG2)),
            Severity.ERROR,
            USER,
            "Least severity that is logged with the statement it happened in");
    public static final Setting<Verbosity> LOG_ERROR_VERBOSITY = new Setting<>(
            "log_error_verbosity", word(Verbosity.class), Verbosity.DEFAULT, USER, "How much of a message is logged");
    public static final Setting<LogStatement> LOG_STATEMENT = new Setting<>(
            "log_statement", word(LogStatement.class), LogStatement.NONE, USER, "Which statements are logged");
    public static final Setting<Boolean> LOG_DURATION =
            new Setting<>("log_duration", bool(), false, USER, "Log how long each statement took, without its text");
    public static final Setting<Duration> LOG_MIN_DURATION_STATEMENT = new Setting<>(
            "log_min_duration_statement",
            time(Unit.MILLISECOND, -1, Integer.MAX_VALUE),
            Duration.ofMillis(-1),
            USER,
            "Log statements that took this long, with their time; 0 is all of them, -1 none");
    public static final Setting<String> LOG_LINE_PREFIX = new Setting<>(
            "log_line_prefix", text(), "%m [%p] ", SIGHUP, "What each log line begins with, in PostgreSQL's escapes");
    public static final Setting<ZoneId> LOG_TIMEZONE =
            new Setting<>("log_timezone", new ZoneType(), ZoneId.of("UTC"), SIGHUP, "Time zone of the log");
    public static final Setting<Boolean> LOG_CHECKPOINTS =
            new Setting<>("log_checkpoints", bool(), true, SIGHUP, "Log each checkpoint");
    public static final Setting<Boolean> LOG_CONNECTIONS =
            new Setting<>("log_connections", bool(), false, BACKEND, "Log each connection");
    public static final Setting<Boolean> LOG_DISCONNECTIONS = new Setting<>(
            "log_disconnections", bool(), false, BACKEND, "Log the end of each session, and how long it was");

    private static final List<Setting<?>> ALL = List.of(
            DATA_DIRECTORY,
            CONFIG_FILE,
            EXTERNAL_PID_FILE,
            HBA_FILE,
            IDENT_FILE,
            CLUSTER,
            LISTEN_ADDRESSES,
            PORT,
            UNIX_SOCKET_DIRECTORIES,
            UNIX_SOCKET_GROUP,
            UNIX_SOCKET_PERMISSIONS,
            MAX_CONNECTIONS,
            SUPERUSER_RESERVED_CONNECTIONS,
            MAX_CONNECTIONS_PER_SOURCE,
            CONNECTION_RATE_PER_SOURCE,
            SPARES_MIN,
            SPARES_MAX,
            SESSIONS_PER_BACKEND,
            AUTHENTICATION_TIMEOUT,
            AUTHENTICATION_FAILURE_DELAY,
            SSL,
            SSL_CERT_FILE,
            SSL_KEY_FILE,
            SSL_CA_FILE,
            SSL_CRL_FILE,
            SSL_MIN_PROTOCOL_VERSION,
            SSL_MAX_PROTOCOL_VERSION,
            MANAGEMENT_PORT,
            MANAGEMENT_ADDRESS,
            ADMIN_TOKEN_FILE,
            BACKEND_COMMAND,
            BACKEND_SOCKET,
            BACKEND_ENVIRONMENT,
            BACKEND_USER,
            BACKEND_LIMITS,
            AUTOVACUUM_MAX_WORKERS,
            MAX_WORKER_PROCESSES,
            MAX_PARALLEL_WORKERS,
            MAX_WAL_SENDERS,
            RESTART_AFTER_CRASH,
            CRASH_RESTART_LIMIT,
            CHILD_RESTART_LIMIT,
            RESTART_PAUSE_MAX,
            RESTART_HEALTHY_AFTER,
            CRASH_SCOPE,
            SMART_SHUTDOWN_TIMEOUT,
            FAST_SHUTDOWN_TIMEOUT,
            SEND_ABORT_FOR_CRASH,
            SEND_ABORT_FOR_KILL,
            HOT_STANDBY,
            ALLOW_ROOT,
            CORE_FILES,
            CHILD_JAVA_OPTIONS,
            CHECKPOINT_TIMEOUT,
            MAX_WAL_SIZE,
            SYNCHRONOUS_COMMIT,
            STATEMENT_TIMEOUT,
            LOCK_TIMEOUT,
            LOG_DESTINATION,
            LOGGING_COLLECTOR,
            LOG_DIRECTORY,
            LOG_FILENAME,
            LOG_FILE_MODE,
            LOG_ROTATION_AGE,
            LOG_ROTATION_SIZE,
            LOG_TRUNCATE_ON_ROTATION,
            LOG_MIN_MESSAGES,
            LOG_MIN_ERROR_STATEMENT,
            LOG_ERROR_VERBOSITY,
            LOG_STATEMENT,
            LOG_DURATION,
            LOG_MIN_DURATION_STATEMENT,
            LOG_LINE_PREFIX,
            LOG_TIMEZONE,
            LOG_CHECKPOINTS,
            LOG_CONNECTIONS,
            LOG_DISCONNECTIONS);

    private Guc() {}

    /** All settings but those of workers ({@link WorkerParameter}), in the order in which people read about them. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** The setting of that name, in any case; null if there is none, or it is one of a worker. */
    public static @Nullable Setting<?> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Setting<?> setting : ALL) {
            if (setting.name().equals(wanted)) {
                return setting;
            }
        }
        return null;
    }

    private static SettingType<String> text() {
        return new StringType();
    }

    private static SettingType<Boolean> bool() {
        return new BoolType();
    }

    private static SettingType<Integer> number(int min, int max) {
        return new IntType(new IntRange(Unit.NONE, min, max), false);
    }

    private static SettingType<Duration> time(Unit unit, int min, int max) {
        return new DurationType(new IntRange(unit, min, max));
    }

    private static <E extends Enum<E>> SettingType<E> word(Class<E> words) {
        return new EnumType<>(words, Map.of());
    }
}
