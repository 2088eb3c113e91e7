package dev.postmaster.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postmaster.core.ChildKind;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CH-26. */
class InvocationTest {
    @ParameterizedTest
    @EnumSource
    void everyKindIsKnownByItsName(ChildKind kind) {
        assertThat(Invocation.parse(new String[] {"--forkchild=" + kind.childName(), "6"}))
                .isEqualTo(new Invocation(kind, "6"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', FATAL, invalid subpostmaster invocation",
        "--forkchild=startup, FATAL, invalid subpostmaster invocation",
        "--forkchild=startup|6|7, FATAL, invalid subpostmaster invocation",
        "--forkbackend|6, FATAL, invalid subpostmaster invocation (--forkchild argument missing)",
        "--forkchild=Startup|6, ERROR, unknown child kind Startup",
        "--forkchild=|6, ERROR, 'unknown child kind '",
    })
    void whatIsWrongIsSaidInTheSeedsWords(String arguments, Severity severity, String message) {
        String[] args = arguments.isEmpty() ? new String[0] : arguments.split("\\|", -1);
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> Invocation.parse(args))
                .satisfies(e -> assertThat(e.report().severity()).isEqualTo(severity))
                .withMessage(message);
    }

    @Test
    void theArgumentsAreCountedBeforeTheyAreRead() {
        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> Invocation.parse(new String[] {"--nonsense"}))
                .withMessage("invalid subpostmaster invocation");
    }
}
