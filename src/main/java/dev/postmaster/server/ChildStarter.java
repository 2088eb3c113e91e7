package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.LogDescriptors;
import dev.postmaster.launch.StartupData;
import dev.postmaster.os.Errno;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pid;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.util.function.IntFunction;

/** Starts children: a slot, the launch, an entry in the registry; or nothing at all and a line in the log (CK-16). */
@OnLoop
final class ChildStarter {
    private final ChildLauncher launcher;
    private final ChildRegistry registry;
    private final Log log;

    ChildStarter(ChildLauncher launcher, ChildRegistry registry, Log log) {
        this.launcher = launcher;
        this.registry = registry;
        this.log = log;
    }

    /** Starts a child without a client; false if there is none now. */
    boolean start(ChildKind kind) {
        return isLaunched(
                launch(kind, slot -> launcher.launch(kind, slot, StartupData.NONE, null)),
                "could not fork " + kind.childName() + " process");
    }

    /** Starts the syslogger; false if there is none now. */
    boolean startSysLogger(LogDescriptors descriptors) {
        return isLaunched(
                launch(ChildKind.SYSLOGGER, slot -> launcher.launchSysLogger(slot, descriptors)),
                "could not fork system logger");
    }

    private LaunchResult launch(ChildKind kind, IntFunction<LaunchResult> attempt) {
        return launch(kind, attempt, (pid, slot) -> Child.ofOurs(pid, kind, slot));
    }

    /** Whether a child was launched; if not, the log says so. */
    boolean isLaunched(LaunchResult result, String otherwise) {
        return switch (result) {
            case LaunchResult.Launched ignored -> true;
            case LaunchResult.Refused(Errno errno, var ignored) -> {
                log.report(refusal(otherwise, errno));
                yield false;
            }
        };
    }

    /** What is known of a child once it has a pid. */
    interface Entry {
        Child of(Pid pid, int slot);
    }

    /** Makes a child that is registered from the moment it lives; what the kernel refuses is not logged here. */
    LaunchResult launch(ChildKind kind, IntFunction<LaunchResult> attempt, Entry entry) {
        int slot = registry.reserve(kind);
        LaunchResult result = attempt(attempt, slot);
        switch (result) {
            case LaunchResult.Launched(var pid) -> registry.add(entry.of(pid, slot));
            case LaunchResult.Refused(Errno errno, var ignored) -> registry.notLaunched(kind, slot, errno);
        }
        return result;
    }

    /** What the kernel refuses on the way to the launch is a refused launch. */
    private static LaunchResult attempt(IntFunction<LaunchResult> attempt, int slot) {
        try {
            return attempt.apply(slot);
        } catch (OsException e) {
            return new LaunchResult.Refused(e.errno());
        }
    }

    static Report refusal(String what, Errno errno) {
        return Report.of(Severity.LOG, FileErrors.sqlState(errno.number()), what + ": " + errno.message());
    }
}
