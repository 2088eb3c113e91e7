package dev.postmaster.report;

import static dev.postmaster.report.Severity.DEBUG1;
import static dev.postmaster.report.Severity.ERROR;
import static dev.postmaster.report.Severity.FATAL;
import static dev.postmaster.report.Severity.LOG;
import static dev.postmaster.report.Severity.NOTICE;
import static dev.postmaster.report.Severity.PANIC;
import static dev.postmaster.report.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeverityTest {
    @ParameterizedTest
    @EnumSource(names = {"DEBUG5", "DEBUG1", "INFO", "NOTICE", "WARNING", "ERROR"})
    void logLinesPassUntilOnlyFatalIsWanted_C2(Severity minimum) {
        assertThat(LOG.passesServerFilter(minimum)).isTrue();
        assertThat(LOG.passesServerFilter(FATAL)).isFalse();
        assertThat(LOG.passesServerFilter(PANIC)).isFalse();
    }

    @Test
    void minimumLogLetsOnlyLogFatalAndPanicPass_C2() {
        assertThat(Severity.values())
                .filteredOn(severity -> severity.passesServerFilter(LOG))
                .containsExactly(LOG, FATAL, PANIC);
    }

    @Test
    void otherwiseTheOrderDecides() {
        assertThat(NOTICE.passesServerFilter(WARNING)).isFalse();
        assertThat(WARNING.passesServerFilter(WARNING)).isTrue();
        assertThat(ERROR.passesServerFilter(WARNING)).isTrue();
        assertThat(DEBUG1.passesServerFilter(DEBUG1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PANIC,XX000", "ERROR,XX000", "WARNING,01000", "NOTICE,01000", "INFO,00000", "LOG,00000"})
    void aSeverityImpliesASqlState_C4(Severity severity, String code) {
        assertThat(severity.defaultSqlState().code()).isEqualTo(code);
    }
}
