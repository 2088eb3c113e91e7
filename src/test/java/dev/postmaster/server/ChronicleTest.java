package dev.postmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.config.Settings;
import dev.postmaster.core.ChildKind;
import dev.postmaster.core.Pm;
import dev.postmaster.core.PmEvent;
import dev.postmaster.core.PmState;
import dev.postmaster.core.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private static final PmEvent BEGIN = new PmEvent.Begin();
    private static final Pm BEFORE = Pm.initial(SettingsMapper.rules(
            Settings.DEFAULTS, Set.of(ChildKind.STARTUP, ChildKind.CHECKPOINTER, ChildKind.BACKEND)));
    private static final Pm AFTER = Transition.step(BEFORE, BEGIN).next();

    private final Chronicle chronicle = new Chronicle(Instant.EPOCH);

    @Test
    void theHistoryBeginsWithTheStartAndGrowsByTurnsOnly() {
        assertThat(chronicle.note(BEGIN, BEFORE, AFTER)).isTrue();
        assertThat(chronicle.note(new PmEvent.ReloadRequested(), AFTER, AFTER)).isFalse();

        assertThat(chronicle.history()).extracting(Turn::state).containsExactly(PmState.INIT, PmState.STARTUP);
        assertThat(chronicle.turn().cause()).isEqualTo("the postmaster was started");
    }

    @Test
    void theOldestTurnsAreForgottenAndNobodySeesAListChange() {
        List<Turn> first = chronicle.history();
        for (int i = 0; i < Chronicle.LONGEST_HISTORY; i++) {
            chronicle.note(BEGIN, BEFORE, AFTER);
        }

        assertThat(chronicle.history())
                .hasSize(Chronicle.LONGEST_HISTORY)
                .extracting(Turn::state)
                .containsOnly(PmState.STARTUP);
        assertThat(first).hasSize(1);
    }
}
