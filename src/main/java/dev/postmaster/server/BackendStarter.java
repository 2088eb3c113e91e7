package dev.postmaster.server;

import dev.postmaster.core.ChildKind;
import dev.postmaster.core.SpareLimits;
import dev.postmaster.launch.BackendStartup;
import dev.postmaster.launch.ChildLauncher;
import dev.postmaster.launch.StartupData;
import dev.postmaster.metrics.HandoverWay;
import dev.postmaster.os.Errno;
import dev.postmaster.os.Fd;
import dev.postmaster.os.LaunchResult;
import dev.postmaster.os.OsException;
import dev.postmaster.os.Pid;
import dev.postmaster.os.SocketPair;
import dev.postmaster.os.Sockets;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.wire.BackendMessage;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Gives clients their backends: one that waits, or one launched for the client. Also launches those that are to wait. */
@OnLoop
final class BackendStarter {
    private final ChildStarter starter;
    private final Hands hands;
    private final Log log;
    private final SecureRandom random = new SecureRandom();
    private SpareLimits limits;

    /** What it takes to make a backend. */
    record Hands(
            ChildLauncher launcher,
            ChildRegistry registry,
            SpareDesk spares,
            SocketHandover handover,
            Sockets sockets) {}

    BackendStarter(ChildStarter starter, Hands hands, SpareLimits limits, Log log) {
        this.starter = starter;
        this.hands = hands;
        this.limits = limits;
        this.log = log;
    }

    /** Holds for backends that are launched from now on. */
    void limits(SpareLimits newLimits) {
        limits = newLimits;
    }

    /** Launches a backend whose first client is still to come; false if there is none now. */
    boolean startSpare() {
        return starter.isLaunched(
                launch(StartupData.NONE, null, true),
                "could not fork spare " + ChildKind.BACKEND.childName() + " process");
    }

    /** Hands a client to a backend that waits, or tells it why it cannot be handed to any. */
    Admission handOver(FirstPacketDesk.Visit visit) {
        WaitingClient client = visit.client();
        Fd copy;
        try {
            copy = hands.handover().copy(client.channel());
        } catch (OsException e) {
            hands.spares().takeBackLatest(); // it is not to blame, and another one would fare no better
            turnAway(client, e.errno());
            return Admission.NOT_LAUNCHED;
        }
        try (copy) {
            if (hands.spares().handOver(Assignment.of(visit, random), copy)) {
                hands.handover().complete(client.channel(), HandoverWay.SPARE);
                return Admission.SERVED;
            }
            hands.handover().abandon(copy);
            return Admission.NOT_TAKEN;
        }
    }

    /** Launches a backend for a client; if there can be none, the client is told (CL-40). */
    boolean startBackend(FirstPacketDesk.Visit visit) {
        WaitingClient client = visit.client();
        Assignment assignment = Assignment.of(visit, random);
        try (Fd socket = hands.handover().copy(client.channel())) {
            return switch (launch(assignment.startup(), socket, visit.startup() == null)) {
                case LaunchResult.Refused(Errno errno, var ignored) -> {
                    hands.handover().abandon(socket);
                    turnAway(client, errno);
                    yield false;
                }
                case LaunchResult.Launched(Pid pid) -> {
                    hands.registry().guestCame(pid, assignment.guest());
                    hands.handover().complete(client.channel(), HandoverWay.LAUNCH);
                    yield true;
                }
            };
        } catch (OsException e) {
            turnAway(client, e.errno());
            return false;
        }
    }

    /** {@code talks}: whether it must be able to say something to us. */
    private LaunchResult launch(StartupData told, @Nullable Fd client, boolean talks) {
        return starter.launch(
                ChildKind.BACKEND,
                slot -> launch(slot, told, client, talks),
                (pid, slot) -> Child.ofOurs(pid, ChildKind.BACKEND, slot));
    }

    private LaunchResult launch(int slot, StartupData told, @Nullable Fd client, boolean talks) {
        // A spare always does: the rules want it, who may not have heard yet that there shall be none.
        if (limits.max() == 0 && !talks) {
            return hands.launcher().launch(ChildKind.BACKEND, slot, told, client);
        }
        try (SocketPair control = hands.sockets().pair(SocketPair.Kind.SEQPACKET)) {
            ControlSocket socket = hands.spares().socket(control.nearEnd());
            LaunchResult result = hands.launcher().launchBackend(slot, told, client, control.farEnd());
            switch (result) {
                case LaunchResult.Launched(Pid pid) -> hands.spares().add(pid, socket, told instanceof BackendStartup);
                case LaunchResult.Refused ignored -> socket.close();
            }
            return result;
        }
    }

    private void turnAway(WaitingClient client, Errno errno) {
        Report report = ChildStarter.refusal("could not fork new process for connection", errno);
        log.report(report);
        client.refuse(new BackendMessage.LegacyError(report.message() + "\n"));
    }
}
