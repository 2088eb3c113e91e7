package dev.postmaster.launch;

import dev.postmaster.os.Fd;
import dev.postmaster.os.SpawnPlan;
import org.jspecify.annotations.Nullable;

/**
 * All the descriptors that a program gets; they stay open and owned by the caller.
 *
 * @param socket a connected socket that the program finds as descriptor 3 and is told of as systemd tells it
 *     (sd_listen_fds); null for none
 */
public record ProgramStreams(
        Fd input, Fd output, Fd error, @Nullable Fd socket) {
    private static final int FIRST_PASSED = 3;

    /** Standard streams and nothing else. */
    public ProgramStreams(Fd input, Fd output, Fd error) {
        this(input, output, error, null);
    }

    SpawnPlan addTo(SpawnPlan plan) {
        SpawnPlan standard = plan.inherit(input, 0).inherit(output, 1).inherit(error, 2);
        return socket == null ? standard : standard.inherit(socket, FIRST_PASSED);
    }
}
