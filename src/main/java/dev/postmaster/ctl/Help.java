package dev.postmaster.ctl;

/** The texts of {@code --help}, {@code --version} and of a wrong call. */
final class Help {
    static final String TRY = "Try \"" + Screen.NAME + " --help\" for more information.\n";

    static final String TEXT = """
            pmctl is a utility to initialize, start, stop, or control a postmaster.

            Usage:
              pmctl init[db]   [-D DATADIR] [-s] [-o OPTIONS]
              pmctl start      [-D DATADIR] [-l FILENAME] [-W] [-t SECS] [-s]
                               [-o OPTIONS] [-p PATH] [-c]
              pmctl stop       [-D DATADIR] [-m SHUTDOWN-MODE] [-W] [-t SECS] [-s]
              pmctl restart    [-D DATADIR] [-m SHUTDOWN-MODE] [-W] [-t SECS] [-s]
                               [-o OPTIONS] [-c]
              pmctl reload     [-D DATADIR] [-s]
              pmctl status     [-D DATADIR]
              pmctl promote    [-D DATADIR] [-W] [-t SECS] [-s]
              pmctl logrotate  [-D DATADIR] [-s]
              pmctl kill       SIGNALNAME PID
              pmctl ps         [-D DATADIR]
              pmctl why        [-D DATADIR]
              pmctl log        [-D DATADIR] [-f] [--kind KIND] [--pid PID] [--level LEVEL]
              pmctl workers    [-D DATADIR]
              pmctl start-worker NAME  [-D DATADIR] [-W] [-t SECS] [-s]
              pmctl stop-worker NAME   [-D DATADIR] [-W] [-t SECS] [-s]

            Common options:
              -D, --pgdata=DATADIR   location of the database storage area
              -s, --silent           only print errors, no informational messages
              -t, --timeout=SECS     seconds to wait when using -w option
              -V, --version          output version information, then exit
              -w, --wait             wait until operation completes (default)
              -W, --no-wait          do not wait until operation completes
              -?, --help             show this help, then exit
              --allow-root           run as root, and let the postmaster do so
            If the -D option is omitted, the environment variable PGDATA is used.

            Options for start or restart:
              -c, --core-files       allow postmaster to produce core files
              -l, --log=FILENAME     write (or append) server log to FILENAME
              -o, --options=OPTIONS  command line options to pass to postmaster
                                     (or to init)
              -p PATH-TO-POSTMASTER  normally not necessary

            Options for stop or restart:
              -m, --mode=MODE        MODE can be "smart", "fast", or "immediate"

            Shutdown modes are:
              smart       quit after all clients have disconnected
              fast        quit directly, with proper shutdown (default)
              immediate   quit without complete shutdown; will lead to recovery on restart

            Allowed signal names for kill:
              ABRT HUP INT KILL QUIT TERM USR1 USR2

            Options for log:
              -f, --follow           go on as the log grows
              --kind=KIND            only records of this kind of process, such as backend
              --pid=PID              only records of this process
              --level=LEVEL          only records of this severity and above, such as warning
            """;

    private Help() {}

    static String version() {
        String version = Help.class.getPackage().getImplementationVersion();
        return Screen.NAME + " (Postmaster) " + (version == null ? "(not packaged)" : version) + "\n";
    }
}
