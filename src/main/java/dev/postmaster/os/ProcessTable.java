package dev.postmaster.os;

import java.io.UncheckedIOException;
import java.util.List;

/** What {@code /proc} tells about other processes. Reads files only; a process that is gone or hidden is not there. */
public interface ProcessTable {
    /**
     * The living processes whose program was started with this line in its environment, zombies excluded. A process
     * inherits its environment, so a line that only our children are given finds their descendants as well, whatever
     * session or group they have moved to, unless they have thrown it away.
     *
     * @param line {@code NAME=value}
     * @throws UncheckedIOException if the process table cannot be read, as when there is no descriptor left
     */
    List<Pid> withEnvironment(String line);

    /** How a process is doing at this moment. */
    ProcessCondition examine(Pid pid);
}
