package dev.postmaster.launch;

/**
 * What the postmaster has open for the syslogger: descriptor numbers in the child, {@link #NOT_OPEN} where there is none.
 *
 * @param stderr the text file
 * @param csv the csv file
 * @param json the JSON file
 * @param sink the pipe to the postmaster, for records that the console shall show; ours, the seed knows the first three
 */
public record SysLoggerStartup(int stderr, int csv, int json, int sink) implements StartupData {
    public static final int NOT_OPEN = -1;
}
