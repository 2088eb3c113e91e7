package dev.postmaster.os;

/** Launches by posix_spawn. */
final class PosixLauncher implements Launcher {
    private final LivingChildren children;

    PosixLauncher(LivingChildren children) {
        this.children = children;
    }

    @Override
    public LaunchResult launch(SpawnPlan plan) {
        byte[] program = Calls.cString(plan.program());
        int[] pid = new int[1];
        try (SpawnDescription description = new SpawnDescription(plan)) {
            // Under the lock, lest a child that dies at once is reaped before it is known.
            synchronized (children) {
                int code = SpawnC.spawn(pid, program, description);
                if (code != 0) {
                    return new LaunchResult.Refused(new Errno(code));
                }
                Pid child = new Pid(pid[0]);
                children.add(child);
                return new LaunchResult.Launched(child);
            }
        }
    }
}
