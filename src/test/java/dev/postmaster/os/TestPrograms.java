package dev.postmaster.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Real programs for tests: launched, listened to and reaped through the room itself. */
final class TestPrograms {
    private static final int SIGINFO_SIZE = 128;
    private static final int WCONTINUED = 8;

    private final Os os;

    TestPrograms(Os os) {
        this.os = os;
    }

    /** A shell running a script, with nothing but its standard error. */
    static SpawnPlan shell(String script) {
        return SpawnPlan.of("/bin/sh", List.of("sh", "-c", script))
                .environment(List.of("PATH=/usr/bin:/bin"))
                .inheritStandard(2);
    }

    /** A JVM running {@link KernelProbe} in one of its parts. */
    static SpawnPlan probe(String part) {
        return SpawnPlan.of(
                        java(),
                        List.of(
                                "java",
                                "-Xrs",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KernelProbe.class.getName(),
                                part))
                .environment(List.of("_JAVA_SR_SIGNUM=40"))
                .inheritStandard(2);
    }

    static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    Pid start(SpawnPlan plan) {
        return switch (os.launcher().launch(plan)) {
            case LaunchResult.Launched(Pid pid) -> pid;
            case LaunchResult.Refused(Errno errno, var ignored) ->
                throw new AssertionError(plan.program() + ": " + errno);
        };
    }

    /** Runs a program to its end and returns what it wrote to descriptor 1. */
    String outputOf(SpawnPlan plan) {
        try (Pipe pipe = os.fds().pipe()) {
            Pid pid = start(plan.inherit(pipe.writeEnd(), 1));
            pipe.writeEnd().close();
            String output = readToEnd(pipe.readEnd());
            assertThat(awaitEnd(pid)).as(output).isEqualTo(new ExitStatus.Code(0));
            return output;
        }
    }

    String readToEnd(Fd fd) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int count = os.rawIo().read(fd, buffer);
                count > 0;
                count = os.rawIo().read(fd, buffer)) {
            output.write(buffer, 0, count);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    /** Blocks until the child is dead, reaps it and expects nothing else to be dead. */
    ExitStatus awaitEnd(Pid pid) {
        awaitDeath(pid);
        return switch (os.reaper().next().orElseThrow()) {
            case Reaped.Child(Pid child, ExitStatus status) when child.equals(pid) -> status;
            case Reaped other -> throw new AssertionError("waited for " + pid + ", got " + other);
        };
    }

    /** Blocks until the child is dead and leaves it to be reaped. */
    static void awaitDeath(Pid pid) {
        awaitChange(pid, ProcessC.WEXITED);
    }

    /** Blocks until the child is stopped. */
    static void awaitStop(Pid pid) {
        awaitChange(pid, ProcessC.WSTOPPED);
    }

    /** Blocks until the child, which was stopped, goes on. */
    static void awaitContinue(Pid pid) {
        awaitChange(pid, WCONTINUED);
    }

    private static void awaitChange(Pid pid, int what) {
        int options = what | ProcessC.WNOWAIT;
        Calls.check("waitid", ProcessC.waitid(ProcessC.P_PID, pid.value(), new byte[SIGINFO_SIZE], options));
    }

    /** Blocks until any child is dead and leaves it to be reaped. */
    static void awaitAnyDeath() {
        int options = ProcessC.WEXITED | ProcessC.WNOWAIT;
        Calls.check("waitid", ProcessC.waitid(ProcessC.P_ALL, 0, new byte[SIGINFO_SIZE], options));
    }
}
