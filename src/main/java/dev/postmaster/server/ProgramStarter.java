package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.Program;
import dev.postmaster.launch.ProgramStreams;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pid;
import dev.postmaster.os.Pipe;
import dev.postmaster.report.Log;
import dev.postmaster.report.LogSource;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs that are none of ours as children: a slot, a pipe for what they say, the launch, an entry in the
 * registry; or nothing at all and a line in the log (CK-16).
 */
@OnLoop
final class ProgramStarter {
    private final ChildLauncher launcher;
    private final ChildStarter starter;
    private final ProgramOutput output;
    private final Fds fds;
    private final InstantSource clock;
    private final Log log;

    ProgramStarter(Foundation foundation, ChildStarter starter, InstantSource clock) {
        this.launcher = foundation.nursery().launcher();
        this.starter = starter;
        this.output = foundation.programs();
        this.fds = foundation.kernel().os().fds();
        this.clock = clock;
        this.log = foundation.log();
    }

    /**
     * As what a program is run.
     *
     * @param backendType what the log calls it
     * @param owner whose settings are to be put right if it cannot be started
     * @param client whom it serves, if anybody
     */
    record Role(
            ChildKind kind,
            String backendType,
            String owner,
            Child.Manners manners,
            LogSource.@Nullable Session client) {
        String name() {
            return kind == ChildKind.BGWORKER ? Child.workerName(backendType) : kind.exitName();
        }
    }

    /**
     * Starts a program.
     *
     * @param streams from the write end of the pipe for its output to all its descriptors, which stay the caller's
     * @return if there is no process, the log says why as well
     */
    LaunchResult start(Role role, Program program, Function<Fd, ProgramStreams> streams) {
        return starter.launch(role.kind(), slot -> startUnbooked(role, program, streams), (pid, slot) -> Child.stranger(
                        pid, role.kind(), slot, role.manners())
                .called(role.name()));
    }

    /** As {@link #start}, for a process that no phase waits for: whoever starts it looks after it to its end. */
    LaunchResult startUnbooked(Role role, Program program, Function<Fd, ProgramStreams> streams) {
        try (Pipe pipe = fds.pipe()) {
            LaunchResult result = launcher.launchProgram(program, streams.apply(pipe.writeEnd()));
            switch (result) {
                case LaunchResult.Launched(Pid pid) -> listen(pid, role, pipe);
                case LaunchResult.Refused(Errno errno, var ignored) -> log.report(refusal(role, program, errno));
            }
            return result;
        } catch (OsException e) {
            log.report(refusal(role, program, e.errno()));
            return new LaunchResult.Refused(e.errno());
        } catch (ReportException e) {
            log.report(e.report().withContext(role.owner()));
            return new LaunchResult.Refused(Errno.ENOENT, e.report().message());
        }
    }

    private void listen(Pid pid, Role role, Pipe pipe) {
        var source = new LogSource(pid.value(), role.backendType(), clock.instant(), role.client());
        try {
            output.listen(source, pipe.readEnd().take());
        } catch (OsException e) {
            log.log("could not listen to program with PID " + pid + ": " + e.getMessage());
        }
    }

    private static Report refusal(Role role, Program program, Errno errno) {
        String what = "could not start program \"" + program.argv().getFirst() + "\" of " + role.owner();
        return ChildStarter.refusal(what, errno);
    }
}
