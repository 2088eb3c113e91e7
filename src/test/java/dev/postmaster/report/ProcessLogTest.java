package dev.postmaster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessLogTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00.123Z");
    private static final Instant START = Instant.parse("2026-11-22T16:59:58Z");

    private final List<String> writes = new ArrayList<>();
    private final OutputStream out = new ByteArrayOutputStream() {
        @Override
        public void write(byte[] bytes) {
            writes.add(new String(bytes, StandardCharsets.UTF_8));
        }
    };
    private final ProcessLog log =
            new ProcessLog(out, LogSource.of(4711, "postmaster", START), LogFormat.DEFAULT, InstantSource.fixed(NOW));

    @Test
    void aLineHasTimePidSeverityAndMessage_LOG20() {
        log.log("database system is ready to accept connections");
        assertThat(writes)
                .containsExactly(
                        "2026-11-22 17:00:00.123 UTC [4711] LOG:  database system is ready to accept connections\n");
    }

    @Test
    void aRecordIsOneWriteWithAPrefixOnEveryPart_LOG20() {
        log.report(Report.of(Severity.ERROR, SqlState.SYNTAX_ERROR, "syntax error")
                .withDetail("two\nlines")
                .withHint("try again")
                .withContext("here")
                .withStatement("selct 1")
                .withPosition(1));
        String prefix = "2026-11-22 17:00:00.123 UTC [4711] ";
        assertThat(writes)
                .containsExactly(prefix + "ERROR:  syntax error at character 1\n"
                        + prefix + "DETAIL:  two\n\tlines\n"
                        + prefix + "HINT:  try again\n"
                        + prefix + "CONTEXT:  here\n"
                        + prefix + "STATEMENT:  selct 1\n");
    }

    @Test
    void whatIsBelowTheMinimumIsNotWritten_C2() {
        log.report(Report.of(Severity.NOTICE, "quiet"));
        assertThat(writes).isEmpty();
        log.format(LogFormat.DEFAULT.withMinMessages(Severity.DEBUG5).withLinePrefix(""));
        log.report(Report.of(Severity.DEBUG3, "loud"));
        assertThat(writes).containsExactly("DEBUG:  loud\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "%p|4711",
                "%t|2026-11-22 17:00:00 UTC",
                "%n|1795366800.123",
                "%s|2026-11-22 16:59:58 UTC",
                "%c|6b031f8e.1267",
                "%b|postmaster",
                "%e|01000",
                "%l|1",
                "100%%|100%",
                "[%6p]|[  4711]",
                "[%-6p]|[4711  ]",
                "[%u@%d]|[@]",
                "a %q%u|a ",
                "broken %|broken ",
                "[%x%Q%v%P%Z]|[00]",
                "[%i]|[]",
            },
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false)
    void prefixEscapesOfAProcessWithoutAClient_LOG21(String pattern, String expected) {
        log.format(LogFormat.DEFAULT.withLinePrefix(pattern));
        log.report(Report.of(Severity.WARNING, ""));
        assertThat(writes).containsExactly(expected + "WARNING:  \n");
    }

    @Test
    void prefixEscapesOfASession_LOG21() {
        log.source(LogSource.of(9, "client backend", START)
                .serving(new LogSource.Session("ann", "shop", "", "10.0.0.7", 51000, "SELECT")));
        log.format(LogFormat.DEFAULT.withLinePrefix("%q%u@%d %a %r %h %i: "));
        log.log("hello");
        assertThat(writes).containsExactly("ann@shop [unknown] 10.0.0.7(51000) 10.0.0.7 SELECT: LOG:  hello\n");
    }

    @Test
    void whatConcernsSomebodyElsesClientHasItsAddress_LOG21() {
        log.format(LogFormat.DEFAULT.withLinePrefix("[%p] %q%r %u "));
        log.about(LogSource.Session.from("10.0.0.7", 51000)).log("incomplete startup packet");
        log.log("ready");
        assertThat(writes)
                .containsExactly(
                        "[4711] 10.0.0.7(51000) [unknown] LOG:  incomplete startup packet\n", "[4711] LOG:  ready\n");
    }

    /** As {@code TZ=… date -d @1795366800 +%Z} has it: a zone without a name shows its distance from UTC. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,18:00:00.123 CET",
        "America/Sao_Paulo,14:00:00.123 -03",
        "Asia/Kathmandu,22:45:00.123 +0545",
        "Asia/Kolkata,22:30:00.123 IST"
    })
    void anotherTimeZoneShowsItsOwnAbbreviation_LOG22(String zone, String expected) {
        log.format(in(ZoneId.of(zone), "%m "));
        log.log("hello");
        assertThat(writes).containsExactly("2026-11-22 " + expected + " LOG:  hello\n");
    }

    @Test
    void everyPrefixedLineIsCounted_LOG22() {
        log.format(LogFormat.DEFAULT.withLinePrefix("%l "));
        log.report(Report.of(Severity.LOG, "first").withDetail("second"));
        log.log("third");
        assertThat(String.join("", writes)).isEqualTo("1 LOG:  first\n2 DETAIL:  second\n3 LOG:  third\n");
    }

    @Test
    void aFullDiskNeverEndsTheProcessThatLogs_LOG10() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ProcessLog broken =
                new ProcessLog(full, LogSource.of(1, "postmaster", START), LogFormat.DEFAULT, InstantSource.fixed(NOW));
        assertThatCode(() -> broken.log("hello")).doesNotThrowAnyException();
    }

    private static LogFormat in(ZoneId zone, String prefix) {
        return new LogFormat(
                Severity.WARNING, Severity.ERROR, Verbosity.DEFAULT, prefix, zone, LogFormat.DEFAULT.forms());
    }
}
