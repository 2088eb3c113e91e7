package dev.postmaster.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PmTest {
    @ParameterizedTest
    @EnumSource(names = {"INIT", "RECOVERY", "HOT_STANDBY", "RUN", "SHUTDOWN"})
    void pm9ACrashCycleIsImpossibleIn(PmState state) {
        Pm crashed = Rules.smallest()
                .resetting()
                .running()
                .on(Events.client(1), Events.killed(ChildKind.BACKEND))
                .pm();

        assertThatThrownBy(() -> crashed.withState(state)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stoppingNeedsAReason() {
        Pm running = Rules.smallest().running().pm();

        assertThatThrownBy(() -> running.withState(PmState.WAIT_BACKENDS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aShutdownThatWaitsForNobodyCannotLinger() {
        Pm running = Rules.smallest().running().pm();
        Pm starting = Rules.smallest().story().on(new PmEvent.Begin()).pm();

        assertThatThrownBy(() -> running.shuttingDown(ShutdownMode.FAST, PmState.RUN))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> starting.shuttingDown(ShutdownMode.SMART, PmState.STARTUP))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobodyIsKilledInNormalOperation() {
        Pm running = Rules.smallest().running().pm();

        assertThatThrownBy(() -> running.withKillTimer(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(running::withStartupCrashed).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void settingsThatMakeNoPostmasterAreRefused() {
        PmSettings good = Rules.smallest().settings();

        for (ChildKind missing : good.launchable()) {
            EnumSet<ChildKind> others = EnumSet.copyOf(good.launchable());
            others.remove(missing);
            assertThatThrownBy(() -> new PmSettings(
                            good.backendSlots(),
                            good.autovacuumWorkers(),
                            good.workerSlots(),
                            good.restartAfterCrash(),
                            good.crashScope(),
                            good.sendAbortForCrash(),
                            good.sendAbortForKill(),
                            good.hotStandby(),
                            good.archiving(),
                            good.autovacuum(),
                            good.loggingCollector(),
                            good.ladder(),
                            good.restart(),
                            good.spares(),
                            others))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
