package dev.postmaster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.core.PmAction.Reload;
import dev.postmaster.core.PmAction.Say;
import dev.postmaster.core.PmAction.Signal;
import dev.postmaster.core.PmEvent.Begin;
import dev.postmaster.core.PmEvent.ReloadRequested;
import dev.postmaster.core.PmEvent.RotateLogfile;
import dev.postmaster.core.PmEvent.SettingsChanged;
import dev.postmaster.core.PmEvent.WalSenderAppeared;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

final class TransitionTest {
    @Test
    void sg32AReloadReachesEveryChildAndTheLoggerToo() {
        Story running = Rules.allKinds().running();

        Story reloaded = running.on(new ReloadRequested());

        assertThat(reloaded.pm()).isEqualTo(running.pm());
        assertThat(reloaded.actions())
                .containsExactly(
                        new Say("received SIGHUP, reloading configuration files"),
                        new Reload(),
                        new Signal(EnumSet.allOf(ChildKind.class), true, Sig.HUP));
    }

    @Test
    void sg32AReloadIsHonouredUpToASmartShutdown() {
        Story busy = Rules.smallest().running().on(Events.client(1));

        assertThat(busy.on(Events.SMART, new ReloadRequested()).actions()).contains(new Reload());
        assertThat(busy.on(Events.FAST, new ReloadRequested()).actions()).isEmpty();
    }

    @Test
    void newSettingsHoldFromTheNextEventOn() {
        Story running = Rules.smallest().backendSlots(2).running().on(Events.client(1));

        Story changed =
                running.on(new SettingsChanged(Rules.smallest().backendSlots(1).settings()), Events.client(2));

        assertThat(changed.actions()).containsExactly(new PmAction.Refuse(2, CacState.TOO_MANY));
    }

    @Test
    void sg27RotationIsForALivingLogger() {
        assertThat(Rules.allKinds().running().on(new RotateLogfile()).actions())
                .containsExactly(Signal.to(ChildKind.SYSLOGGER, Sig.USR1));
        assertThat(Rules.smallest().running().on(new RotateLogfile()).actions()).isEmpty();
    }

    @Test
    void afterTheEndNothingHappensAnyMore() {
        Story over = Rules.allKinds().story().on(Events.IMMEDIATE);

        assertThat(over.on(new Begin()).last()).isEqualTo(Step.of(over.pm()));
        assertThat(over.on(Events.FAST).last()).isEqualTo(Step.of(over.pm()));
        assertThat(over.on(new PmEvent.LockFileInvalid()).last()).isEqualTo(Step.of(over.pm()));
    }

    @Test
    void theEndOfAChildThatNeverLivedIsRefused() {
        Pm idle = Rules.smallest().running().pm();

        assertThatThrownBy(() -> Transition.step(idle, Events.exited(ChildKind.BACKEND, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Transition.step(idle, new WalSenderAppeared()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
