package dev.postmaster.launch;

/**
 * The log files the postmaster has open for the syslogger: descriptor numbers in the child, {@link #NOT_OPEN} where there
 * is none.
 */
public record SysLoggerStartup(int stderr, int csv, int json) implements StartupData {
    public static final int NOT_OPEN = -1;
}
