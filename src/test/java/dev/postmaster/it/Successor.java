package dev.postmaster.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The next session of a process that serves one client after the other. */
final class Successor {
    private static final int TRIES = 50;

    private Successor() {}

    static Connection of(RunningPostmaster postmaster, int process) throws SQLException {
        return of(postmaster, process, new Properties());
    }

    /** A session in the process that served the one before. Others are kept open, so that they are not in the way. */
    static Connection of(RunningPostmaster postmaster, int process, Properties properties) throws SQLException {
        List<Connection> others = new ArrayList<>();
        try {
            for (int i = 0; i < TRIES; i++) {
                Connection next = postmaster.connect("postgres", properties);
                if (RunningPostmaster.backendPid(next) == process) {
                    return next;
                }
                others.add(next);
            }
            throw new AssertionError("process " + process + " serves nobody any more");
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }
}
