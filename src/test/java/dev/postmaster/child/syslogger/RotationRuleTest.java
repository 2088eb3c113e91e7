package dev.postmaster.child.syslogger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.child.syslogger.RotationRule.Cause;
import dev.postmaster.child.syslogger.RotationRule.Limits;
import dev.postmaster.child.syslogger.RotationRule.Rotation;
import dev.postmaster.child.syslogger.RotationRule.State;
import dev.postmaster.logpipe.RecordForm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationRuleTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<RecordForm> ALL = EnumSet.allOf(RecordForm.class);
    private static final Limits LIMITS = new Limits(Duration.ofHours(1), 1000, ZoneId.of("UTC"));
    private static final State QUIET = new State(NOON, false, false);

    @ParameterizedTest
    @CsvSource({
        "UTC, 24, 2026-11-23T00:00:00Z",
        "UTC, 5, 2026-11-22T14:00:00Z", // 5 hours count from 1970, as in PostgreSQL
        "Europe/Berlin, 24, 2026-11-22T23:00:00Z",
        "Asia/Kolkata, 1, 2026-11-22T12:30:00Z",
    })
    void theNextTimeIsAMultipleOfTheAgeInLocalTime_LOG29(String zone, int hours, Instant expected) {
        Limits limits = new Limits(Duration.ofHours(hours), 0, ZoneId.of(zone));
        assertThat(limits.next(NOON)).isEqualTo(expected);
    }

    @Test
    void theNextTimeIsNeverNow_LOG29() {
        assertThat(LIMITS.next(NOON)).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void withoutAnAgeTheTimeNeverComes_LOG28() {
        assertThat(new Limits(Duration.ZERO, 0, ZoneId.of("UTC")).next(NOON)).isEqualTo(RotationRule.NEVER);
    }

    @Test
    void theAgeTakesAllFiles_LOG28() {
        assertThat(RotationRule.due(LIMITS, QUIET, NOON, Map.of())).contains(new Rotation(Cause.AGE, ALL));
        assertThat(RotationRule.due(LIMITS, QUIET, NOON.minusMillis(1), Map.of()))
                .isEmpty();
    }

    @Test
    void theSizeTakesOnlyTheFilesThatHaveReachedIt_LOG28() {
        Map<RecordForm, Long> sizes = Map.of(RecordForm.TEXT, 999L, RecordForm.CSV, 1000L);
        assertThat(RotationRule.due(LIMITS, later(), NOON, sizes))
                .contains(new Rotation(Cause.SIZE, EnumSet.of(RecordForm.CSV)));
    }

    @Test
    void aRequestTakesAllAndIsNotMistakenForTheSize_LOG28() {
        Map<RecordForm, Long> sizes = Map.of(RecordForm.CSV, 5000L);
        assertThat(RotationRule.due(LIMITS, later().requested(true), NOON, sizes))
                .contains(new Rotation(Cause.REQUEST, ALL));
    }

    @Test
    void whatComesTogetherIsTheAgesBecauseFilesAreNamedAfterItsTime_LOG29() {
        assertThat(RotationRule.due(LIMITS, QUIET.requested(true), NOON, Map.of()))
                .contains(new Rotation(Cause.AGE, ALL));
    }

    @Test
    void afterAFailureOnlyRequestsAreServed_LOG31() {
        State disabled = QUIET.disabled(true);
        Map<RecordForm, Long> sizes = Map.of(RecordForm.TEXT, 5000L);
        assertThat(RotationRule.due(LIMITS, disabled, NOON, sizes)).isEmpty();
        assertThat(RotationRule.due(LIMITS, disabled.requested(true), NOON, sizes))
                .contains(new Rotation(Cause.REQUEST, ALL));
    }

    private static State later() {
        return QUIET.plannedFor(NOON.plusSeconds(1));
    }
}
