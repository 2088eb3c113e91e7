package dev.postmaster.launch;

import dev.postmaster.config.SettingSources;
import java.util.Map;

/**
 * The part of the parameter block that is the same for every child launched between two reloads.
 *
 * @param paths where things are
 * @param postmaster who launches
 * @param logging how the log is reached
 * @param configuration what is set; {@code MaxBackends} of the ancestor follows from it
 */
public record CommonParameters(Paths paths, Postmaster postmaster, Logging logging, Configuration configuration) {
    /**
     * Paths, found once by the postmaster (CH-18).
     *
     * @param dataDirectory absolute
     * @param executable the program that children are made of ({@code my_exec_path})
     * @param home directory with the libraries of this installation ({@code pkglib_path})
     */
    public record Paths(String dataDirectory, String executable, String home) {}

    /**
     * The settings, which the ancestor writes to {@code global/config_exec_params} instead (CH-20).
     *
     * @param settings name and value of every setting that differs from its default
     * @param sources where they came from, so that the child can read them again after SIGHUP (SG-33)
     */
    public record Configuration(Map<String, String> settings, SettingSources sources) {
        public Configuration {
            settings = Map.copyOf(settings);
        }
    }

    /** The postmaster itself; times in microseconds since 1970. */
    public record Postmaster(int pid, long startedAtMicros, long reloadedAtMicros) {}

    /**
     * The way to the log.
     *
     * @param redirectionDone standard error is the log pipe and speaks the chunk protocol
     * @param firstFileTime when the syslogger's first file was opened, seconds since 1970; 0 without a syslogger
     */
    public record Logging(boolean redirectionDone, long firstFileTime) {
        /** Standard error is whatever the postmaster was started with. */
        public static final Logging DIRECT = new Logging(false, 0);
    }
}
