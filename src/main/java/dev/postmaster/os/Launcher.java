package dev.postmaster.os;

/**
 * Starts programs (posix_spawn). The kernel ties a child's parent-death signal to the <em>thread</em> that launched it
 * (N-2): launch from one thread that lives as long as the process.
 */
public interface Launcher {
    /**
     * Starts one program as the leader of a session of its own (CH-32), with all signal dispositions default. Blocks
     * until the child has left this process's memory, normally less than a millisecond. Nothing but the plan's descriptors
     * reaches the child.
     */
    LaunchResult launch(SpawnPlan plan);
}
