import dev.postmaster.core.Sig;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.Launcher;
import dev.postmaster.os.Os;
import dev.postmaster.os.Reaper;
import dev.postmaster.os.SignalFd;
import dev.postmaster.os.SignalSet;
import dev.postmaster.os.SpawnPlan;
import java.io.IOException;
import java.util.List;

/**
 * Launches a program that ends by itself, and buries it, one after another. Run by {@code bench/rows/launch}.
 *
 * <p>Arguments: {@code launcher} or {@code process-builder}, how many launches, and the program. Prints the median in
 * milliseconds.
 */
final class LaunchBench {
    private static final int WARM_UP = 500;

    private interface OneLaunch {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        int launches = Integer.parseInt(args[1]);
        String program = args[2];
        if (args[0].equals("process-builder")) {
            measure(launches, () -> byProcessBuilder(program));
            return;
        }
        Os os = Os.open();
        try (SignalFd signals = os.signalFds().open(SignalSet.of(Sig.CHLD))) {
            Launcher launcher = os.launcher();
            Reaper reaper = os.reaper();
            SpawnPlan plan = SpawnPlan.of(program, List.of(program))
                    .inheritStandard(0)
                    .inheritStandard(1)
                    .inheritStandard(2);
            measure(launches, () -> byLauncher(launcher, plan, signals, reaper));
        }
    }

    /** As the postmaster does it: SIGCHLD tells that somebody died, then the reaper says who. */
    private static void byLauncher(Launcher launcher, SpawnPlan plan, SignalFd signals, Reaper reaper) {
        if (!(launcher.launch(plan) instanceof LaunchResult.Launched)) {
            throw new IllegalStateException("not launched: " + plan.program());
        }
        do {
            signals.next();
        } while (reaper.next().isEmpty());
    }

    private static void byProcessBuilder(String program) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program).inheritIO();
        builder.environment().clear();
        builder.start().waitFor();
    }

    private static void measure(int launches, OneLaunch launch) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            launch.run();
        }
        Samples took = new Samples();
        for (int i = 0; i < launches; i++) {
            long start = System.nanoTime();
            launch.run();
            took.add(System.nanoTime() - start);
        }
        System.out.printf("%.4f%n", took.millis(50));
    }
}
