package dev.postmaster.core;

import static dev.postmaster.core.ChildKind.AV_WORKER;
import static dev.postmaster.core.ChildKind.BACKEND;
import static dev.postmaster.core.ChildKind.BGWORKER;
import static dev.postmaster.core.ChildKind.CHECKPOINTER;
import static dev.postmaster.core.ChildKind.STARTUP;
import static dev.postmaster.core.ChildKind.SYSLOGGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.core.PmAction.ForgetSetbacksLater;
import dev.postmaster.core.PmAction.Launch;
import dev.postmaster.core.PmAction.ReportExit;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmEvent.ChildExited;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExitRulesTest {
    /** The matrix of 4.5 under PostgreSQL's crash rule, without its special cases: which exit codes are no crash. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BGWRITER, 0",
        "WAL_WRITER, 0",
        "AV_LAUNCHER, 0",
        "CHECKPOINTER, ''",
        "ARCHIVER, 0 1",
        "BACKEND, 0 1",
        "AV_WORKER, 0 1",
        "BGWORKER, 0 1",
        "WAL_RECEIVER, 0 1",
        "SYSLOGGER, 0 1 2 3 77"
    })
    void section45OnlyTheseCodesAreNoCrash(ChildKind kind, String codes) {
        Story running = Rules.allKinds().resetting().running();
        Story living = running.pm().census().has(kind) ? running : running.with(kind);

        for (int code : List.of(0, 1, 2, 3, 77)) {
            boolean benign = List.of(codes.split(" ", -1)).contains(Integer.toString(code));
            assertThat(living.on(Events.exited(kind, code)).pm().fatalError())
                    .as("exit code %d", code)
                    .isEqualTo(!benign);
        }
        for (Sig signal : List.of(Sig.KILL, Sig.SEGV, Sig.TERM)) {
            assertThat(living.on(Events.killed(kind, signal)).pm().fatalError())
                    .as("SIG%s", signal)
                    .isEqualTo(kind != SYSLOGGER);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKEND", "AV_WORKER", "BGWORKER"})
    void section45ASlotThatWasNotHandedBackIsACrash(ChildKind kind) {
        Story living = Rules.allKinds().resetting().running().with(kind);

        assertThat(living.on(Events.vanished(kind)).pm().fatalError()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKEND", "BGWORKER"})
    void aProgramThatHoldsNoSharedMemoryNeverResetsAnybody(ChildKind kind) {
        Story running = Rules.allKinds().resetting().running();
        Story living = running.with(kind);
        ExitStatus killed = new ExitStatus.Killed(Sig.SEGV.number());

        Story ended = living.on(Events.strangerExited(kind, killed));

        assertThat(ended.pm()).isEqualTo(running.pm());
        assertThat(ended.actions()).containsExactly(new ReportExit(kind, Events.PID, killed, true));
    }

    @Test
    void aProgramThatLeavesByTheSignalThatTellsItToIsNoNews() {
        ExitStatus told = new ExitStatus.Killed(Sig.TERM.number());
        Story running = Rules.allKinds().running().with(BACKEND);

        Story asked =
                running.on(new PmEvent.ShutdownRequested(ShutdownMode.FAST), Events.strangerExited(BACKEND, told));
        assertThat(asked.actions()).contains(new ReportExit(BACKEND, Events.PID, told, false));
        Story unasked = running.on(Events.strangerExited(BACKEND, told));
        assertThat(unasked.actions()).contains(new ReportExit(BACKEND, Events.PID, told, true));
    }

    static List<PmEvent> crashesOfASession() {
        return List.of(
                Events.exited(BACKEND, 2),
                Events.killed(BACKEND),
                Events.vanished(BACKEND),
                Events.exited(AV_WORKER, 3),
                Events.killed(AV_WORKER),
                Events.vanished(AV_WORKER));
    }

    @ParameterizedTest
    @MethodSource("crashesOfASession")
    void anIsolatedCrashIsReportedAndTouchesNobodyElse(PmEvent crash) {
        Story running = Rules.allKinds().running();
        ChildExited exit = (ChildExited) crash;

        Story crashed = running.with(exit.kind()).on(crash);

        assertThat(crashed.pm()).isEqualTo(running.pm());
        assertThat(crashed.actions()).containsExactly(new ReportExit(exit.kind(), exit.pid(), exit.status(), true));
    }

    @Test
    void anIsolatedCrashDuringAFastShutdownDoesNotMakeItAbnormal() {
        Story stopping = Rules.smallest().stopping();

        Story crashed = stopping.on(Events.killed(BACKEND));

        assertThat(crashed.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(crashed.pm().fatalError()).isFalse();
    }

    @Test
    void aBackgroundWorkerResetsTheSystemEvenWhenSessionsAreIsolated() {
        Story crashed = Rules.allKinds().running().with(BGWORKER).on(Events.killed(BGWORKER));

        assertThat(crashed.pm().fatalError()).isTrue();
    }

    @Test
    void sg38AnOrderlyEndIsNotNoteworthy() {
        Story left = Rules.smallest().running().on(Events.client(1), Events.exited(BACKEND, 1));

        assertThat(left.actions()).containsExactly(new ReportExit(BACKEND, Events.PID, new ExitStatus.Code(1), false));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void sg38AFailedBackgroundWorkerIsNoteworthy(int code, boolean noteworthy) {
        Story left = Rules.allKinds().running().with(BGWORKER).on(Events.exited(BGWORKER, code));

        assertThat(left.actions())
                .containsExactly(new ReportExit(BGWORKER, Events.PID, new ExitStatus.Code(code), noteworthy));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "2, true"})
    void sg36TheLoggersSuccessorComesBeforeTheObituary(int code, boolean noteworthy) {
        Story left = Rules.allKinds().resetting().running().on(Events.exited(SYSLOGGER, code));

        assertThat(left.actions())
                .containsExactly(
                        new ForgetSetbacksLater(SYSLOGGER, Duration.ofMillis(500)),
                        new Launch(SYSLOGGER),
                        new ReportExit(SYSLOGGER, Events.PID, new ExitStatus.Code(code), noteworthy));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void section45TheCheckpointerMayEndOnlyInTheShutdown(int code) {
        assertThat(Rules.allKinds()
                        .running()
                        .on(Events.exited(CHECKPOINTER, code))
                        .pm()
                        .fatalError())
                .isTrue();
        assertThat(Rules.allKinds()
                        .stopping()
                        .on(Events.exited(CHECKPOINTER, code))
                        .pm()
                        .fatalError())
                .isTrue();
    }

    @Test
    void pm24AtTheRecoveryTargetEverybodyIsToldToGo() {
        Story standby = Rules.allKinds().hotStandby().on(Events.client(1));

        Story reached = standby.on(Events.exited(STARTUP, 3));

        assertThat(reached.state()).isEqualTo(PmState.WAIT_BACKENDS);
        assertThat(reached.pm().shutdown()).isEqualTo(ShutdownMode.SMART);
        assertThat(reached.said()).containsExactly("shutdown at recovery target");
        assertThat(reached.signals()).containsExactly(Signal.toEverybody(Sig.TERM));
    }

    @Test
    void pm24TheTargetEndsARecoveryFromACrashInGoodOrder() {
        Story startedOver = Rules.smallest().running().on(Events.killed(CHECKPOINTER));

        Story reached = startedOver.on(Events.exited(STARTUP, 3));

        assertThat(reached.state()).isEqualTo(PmState.SHUTDOWN);
        assertThat(reached.pm().fatalError()).isFalse();
    }

    @Test
    void pm24TheTargetReachedWhileACrashDrainsForbidsANewStart() {
        Story draining = Rules.allKinds().story().on(new PmEvent.Begin(), Events.killed(ChildKind.BGWRITER));

        Story reached = draining.on(Events.exited(STARTUP, 3), Events.exited(CHECKPOINTER, 2));

        assertThat(reached.actions()).endsWith(new PmAction.Exit(1));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, true"})
    void section45TheStartupProcessDuringAShutdown(int code, boolean crash) {
        Story stopping = Rules.smallest().story().on(new PmEvent.Begin(), Events.FAST);

        assertThat(stopping.on(Events.exited(STARTUP, code)).pm().fatalError()).isEqualTo(crash);
    }
}
