package dev.postmaster.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** C-3: what becomes of what nobody handled. */
class EndingTest {
    private final List<Report> log = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final Ending ending = new Ending(log::add, status -> ends.add("halt " + status), () -> ends.add("abort"));

    @Test
    void anErrorBecomesFatal() {
        assertThat(ending.statusOf(new ReportException(Report.of(Severity.ERROR, SqlState.DISK_FULL, "full"))))
                .isEqualTo(1);
        assertThat(log).containsExactly(Report.of(Severity.FATAL, SqlState.DISK_FULL, "full"));
        assertThat(ends).isEmpty();
    }

    @Test
    void aBugIsFatalAndSaysWhereItHappened() {
        assertThat(ending.statusOf(new IllegalStateException("never"))).isEqualTo(1);
        assertThat(log.getFirst().message()).isEqualTo("java.lang.IllegalStateException: never");
        assertThat(log.getFirst().sqlState()).isEqualTo(SqlState.INTERNAL_ERROR);
        assertThat(log.getFirst().context()).contains("at dev.postmaster.child.EndingTest");
    }

    @Test
    void aThreadThatFailsEndsTheChild() {
        ending.guard(() -> {
            throw new ReportException(Report.of(Severity.PANIC, "lost"));
        });
        assertThat(log).extracting(Report::severity).containsExactly(Severity.PANIC);
        assertThat(ends).containsExactly("abort", "halt 1");
    }
}
