package dev.postmaster.launch;

import dev.postmaster.logpipe.RecordForm;

/**
 * The numbers under which a child finds what it inherits (design: descriptor plan). 1 and 2 are the postmaster's own, or
 * the log pipe.
 */
public final class ChildDescriptors {
    /** The client's socket in a backend, {@code /dev/null} in every other child. */
    public static final int CLIENT_SOCKET = 0;

    /** Read end of the log pipe in a syslogger, which has no client. */
    public static final int LOG_PIPE = 0;

    /** Read end of the alive pipe: end of file there means that the postmaster is dead. */
    public static final int POSTMASTER_ALIVE = 3;

    /** Where a backend is handed its clients, if it may have more than one. */
    public static final int CONTROL_SOCKET = 4;

    /** The shared segment; absent in a child that attaches to none. */
    public static final int SHARED_SEGMENT = 5;

    /** The parameter block, if it travels in a memfd. */
    public static final int PARAMETER_BLOCK = 6;

    /** Write end of the pipe on which a syslogger returns records to the postmaster. */
    public static final int LOG_SINK = 10;

    private static final int FIRST_LOG_FILE = 7;

    private ChildDescriptors() {}

    /** The log file for records of this form, in a syslogger. */
    public static int logFile(RecordForm form) {
        return FIRST_LOG_FILE
                + switch (form) {
                    case TEXT -> 0;
                    case CSV -> 1;
                    case JSON -> 2;
                };
    }
}
