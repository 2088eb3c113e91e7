package dev.postmaster.config;

import static dev.postmaster.config.SettingContext.SIGHUP;

import dev.postmaster.core.WorkerStart;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be said about a background worker: settings called {@code worker.<name>.<parameter>}, one family for each worker
 * (BW-1 and what systemd users know).
 *
 * @param name the last part of the setting's name
 */
public record WorkerParameter<T>(String name, SettingType<T> type, T defaultValue, String description) {
    /** What the names of all these settings begin with. */
    public static final String PREFIX = "worker.";

    private static final int DAY = 86_400;

    /** PostgreSQL's bound of bgw_restart_time, in seconds (BW-4). */
    private static final int LONGEST_INTERVAL = 86_400_000;

    public static final WorkerParameter<List<String>> COMMAND = new WorkerParameter<>(
            "command", new CommandType(), List.of(), "Program to run, with its arguments; no shell looks at it");
    public static final WorkerParameter<String> LIBRARY = new WorkerParameter<>(
            "library", new StringType(), "postmaster", "Jar file of a Java function; postmaster has the shipped ones");
    public static final WorkerParameter<String> FUNCTION = new WorkerParameter<>(
            "function", new StringType(), "", "Java function to run: a shipped one, or a class in the library");
    public static final WorkerParameter<String> ARGUMENT =
            new WorkerParameter<>("argument", new StringType(), "", "What the function is given to read");
    public static final WorkerParameter<Boolean> DATABASE_ACCESS =
            new WorkerParameter<>("database_access", new BoolType(), false, "Whether the function may open a database");
    public static final WorkerParameter<String> TYPE =
            new WorkerParameter<>("type", new StringType(), "", "What the log calls the worker; empty is its name");
    public static final WorkerParameter<Boolean> AUTOSTART = new WorkerParameter<>(
            "autostart", new BoolType(), true, "Whether it starts by itself, and not only by pmctl start-worker");
    public static final WorkerParameter<WorkerStart> START = new WorkerParameter<>(
            "start",
            new EnumType<>(WorkerStart.class, Map.of()),
            WorkerStart.RECOVERY_FINISHED,
            "From when on it may run");
    public static final WorkerParameter<RestartWhen> RESTART = new WorkerParameter<>(
            "restart",
            new EnumType<>(RestartWhen.class, Map.of()),
            RestartWhen.ON_FAILURE,
            "Whether exit status 0 means that it is done, or that it is started again as after a failure");
    public static final WorkerParameter<Duration> RESTART_INTERVAL = new WorkerParameter<>(
            "restart_interval",
            new RestartIntervalType(new DurationType(new IntRange(Unit.SECOND, 0, LONGEST_INTERVAL))),
            Duration.ofMinutes(1),
            "Pause before it is started again");
    public static final WorkerParameter<Duration> RESTART_INTERVAL_MAX = new WorkerParameter<>(
            "restart_interval_max",
            seconds(0, DAY),
            Duration.ZERO,
            "The pause doubles with each failure within restart_window, up to this; 0 is no doubling");
    public static final WorkerParameter<Integer> RESTART_LIMIT = new WorkerParameter<>(
            "restart_limit",
            new IntType(new IntRange(Unit.NONE, 0, 1_000_000), false),
            0,
            "So many failures within restart_window are forgiven, after the next it is given up; 0 is no limit");
    public static final WorkerParameter<Duration> RESTART_WINDOW = new WorkerParameter<>(
            "restart_window", seconds(1, DAY), Duration.ofMinutes(1), "How long a failure counts");
    public static final WorkerParameter<StopSignal> STOP_SIGNAL = new WorkerParameter<>(
            "stop_signal", new EnumType<>(StopSignal.class, Map.of()), StopSignal.TERM, "What tells a program to end");
    public static final WorkerParameter<Duration> STOP_TIMEOUT = new WorkerParameter<>(
            "stop_timeout",
            seconds(0, DAY),
            Duration.ofSeconds(10),
            "Time a program has to end before it gets SIGKILL; 0 leaves that to the shutdown");
    public static final WorkerParameter<ReloadSignal> RELOAD_SIGNAL = new WorkerParameter<>(
            "reload_signal",
            new EnumType<>(ReloadSignal.class, Map.of()),
            ReloadSignal.NONE,
            "What tells a program that the settings were read again");
    public static final WorkerParameter<List<String>> ENVIRONMENT = new WorkerParameter<>(
            "environment", new CommandType(), List.of(), "Variables for a program: NAME=value, quoted as for a shell");
    public static final WorkerParameter<String> DIRECTORY = new WorkerParameter<>(
            "directory", new StringType(), "", "Working directory of a program; empty is the data directory");
    public static final WorkerParameter<String> USER = new WorkerParameter<>(
            "user", new StringType(), "", "User a program runs as, by setpriv; needs a postmaster that runs as root");
    public static final WorkerParameter<List<String>> LIMITS = new WorkerParameter<>(
            "limits",
            new ListType(),
            List.of(),
            "Resource limits of a program, by prlimit: nofile=1024, as=268435456, nproc=64:128");
    public static final WorkerParameter<List<String>> HEALTH_COMMAND = new WorkerParameter<>(
            "health_command",
            new CommandType(),
            List.of(),
            "Program whose exit status 0 means that the worker is well; no shell looks at it");
    public static final WorkerParameter<Duration> HEALTH_INTERVAL = new WorkerParameter<>(
            "health_interval", seconds(1, DAY), Duration.ofSeconds(10), "Pause between two health checks");
    public static final WorkerParameter<Duration> HEALTH_TIMEOUT = new WorkerParameter<>(
            "health_timeout", seconds(1, DAY), Duration.ofSeconds(5), "Time a health check may take");
    public static final WorkerParameter<Integer> HEALTH_RETRIES = new WorkerParameter<>(
            "health_retries",
            new IntType(new IntRange(Unit.NONE, 1, 1_000), false),
            3,
            "Failed checks in a row after which the worker is ended, and started again as after a failure");

    private static final List<WorkerParameter<?>> ALL = List.of(
            COMMAND,
            LIBRARY,
            FUNCTION,
            ARGUMENT,
            DATABASE_ACCESS,
            TYPE,
            AUTOSTART,
            START,
            RESTART,
            RESTART_INTERVAL,
            RESTART_INTERVAL_MAX,
            RESTART_LIMIT,
            RESTART_WINDOW,
            STOP_SIGNAL,
            STOP_TIMEOUT,
            RELOAD_SIGNAL,
            ENVIRONMENT,
            DIRECTORY,
            USER,
            LIMITS,
            HEALTH_COMMAND,
            HEALTH_INTERVAL,
            HEALTH_TIMEOUT,
            HEALTH_RETRIES);

    /** All parameters, in the order in which people read about them. */
    public static List<WorkerParameter<?>> all() {
        return ALL;
    }

    /** The setting of this parameter for one worker. */
    public Setting<T> of(String worker) {
        return new Setting<>(PREFIX + worker + "." + name, type, defaultValue, SIGHUP, description);
    }

    /** The setting of that name, in any case; empty if it is not one of a worker. */
    static Optional<Setting<?>> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int dot = wanted.lastIndexOf('.');
        if (!wanted.startsWith(PREFIX) || dot <= PREFIX.length()) {
            return Optional.empty();
        }
        String worker = wanted.substring(PREFIX.length(), dot);
        for (WorkerParameter<?> parameter : ALL) {
            if (wanted.endsWith("." + parameter.name) && isName(worker)) {
                return Optional.of(parameter.of(worker));
            }
        }
        return Optional.empty();
    }

    /** The names of the workers that any of these settings is about, in the order of their first one. */
    static List<String> workersIn(Iterable<String> settings) {
        Map<String, Boolean> workers = new LinkedHashMap<>();
        for (String setting : settings) {
            if (setting.startsWith(PREFIX)) {
                workers.put(setting.substring(PREFIX.length(), setting.lastIndexOf('.')), true);
            }
        }
        return List.copyOf(workers.keySet());
    }

    private static boolean isName(String worker) {
        return worker.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    private static SettingType<Duration> seconds(int min, int max) {
        return new DurationType(new IntRange(Unit.SECOND, min, max));
    }

    /** After which ends a worker is started again. */
    public enum RestartWhen {
        ON_FAILURE,
        ALWAYS
    }

    /** What a program can be told to end with. */
    public enum StopSignal {
        TERM,
        INT,
        QUIT,
        HUP,
        USR1,
        USR2,
        KILL
    }

    /** What a program can be told to reload with. */
    public enum ReloadSignal {
        NONE,
        HUP,
        USR1,
        USR2
    }
}
