package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.BackendStartup;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.LogDescriptors;
import dev.postmaster.launch.StartupData;
import dev.postmaster.metrics.HandoverWay;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pid;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.wire.BackendMessage;
import dev.postmaster.wire.CancelKey;
import java.security.SecureRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Starts children: a slot, the launch, an entry in the registry; or nothing at all and a line in the log (CK-16). */
@OnLoop
final class ChildStarter {
    private final ChildLauncher launcher;
    private final ChildRegistry registry;
    private final SocketHandover handover;
    private final Log log;
    private final SecureRandom random = new SecureRandom();

    ChildStarter(ChildLauncher launcher, ChildRegistry registry, SocketHandover handover, Log log) {
        this.launcher = launcher;
        this.registry = registry;
        this.handover = handover;
        this.log = log;
    }

    /** Starts a child without a client; false if there is none now. */
    boolean start(ChildKind kind) {
        return isLaunched(
                launch(kind, null, slot -> launcher.launch(kind, slot, StartupData.NONE, null)),
                "could not fork " + kind.childName() + " process");
    }

    /** Starts the syslogger; false if there is none now. */
    boolean startSysLogger(LogDescriptors descriptors) {
        return isLaunched(
                launch(ChildKind.SYSLOGGER, null, slot -> launcher.launchSysLogger(slot, descriptors)),
                "could not fork system logger");
    }

    private boolean isLaunched(LaunchResult result, String otherwise) {
        return switch (result) {
            case LaunchResult.Launched ignored -> true;
            case LaunchResult.Refused(Errno errno) -> {
                log.report(refusal(otherwise, errno));
                yield false;
            }
        };
    }

    /** Hands a client to a process of its own; if there can be none, the client is told (CL-40). */
    boolean startBackend(FirstPacketDesk.Visit visit) {
        WaitingClient client = visit.client();
        byte[] secret = new byte[CancelKey.FULL_LENGTH];
        random.nextBytes(secret);
        var startup = new BackendStartup(
                secret,
                Times.micros(client.acceptedAt()),
                client.address().host(),
                client.address().port(),
                client.packet());
        CancelKey key = new CancelKey(secret).asGivenTo(visit.startup().version());
        try (Fd socket = handover.copy(client.channel())) {
            LaunchResult result =
                    launch(ChildKind.BACKEND, key, slot -> launcher.launch(ChildKind.BACKEND, slot, startup, socket));
            if (result instanceof LaunchResult.Refused(Errno errno)) {
                handover.abandon(socket);
                turnAway(client, errno);
                return false;
            }
            if (result instanceof LaunchResult.Launched(var pid)) {
                registry.noteSource(pid, client.address().host());
            }
            handover.complete(client.channel(), HandoverWay.LAUNCH);
            return true;
        } catch (OsException e) {
            turnAway(client, e.errno());
            return false;
        }
    }

    private LaunchResult launch(ChildKind kind, @Nullable CancelKey key, IntFunction<LaunchResult> attempt) {
        return launch(kind, attempt, (pid, slot) -> Child.ofOurs(pid, kind, slot, key));
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
            case LaunchResult.Refused(Errno errno) -> registry.notLaunched(kind, slot, errno);
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

    private void turnAway(WaitingClient client, Errno errno) {
        Report report = refusal("could not fork new process for connection", errno);
        log.report(report);
        client.refuse(new BackendMessage.LegacyError(report.message() + "\n"));
    }

    static Report refusal(String what, Errno errno) {
        return Report.of(Severity.LOG, FileErrors.sqlState(errno.number()), what + ": " + errno.message());
    }
}
