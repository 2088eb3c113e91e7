package dev.postmaster.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.report.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogFormTest {
    private static final Request.LogFilter ALL =
            new Request.LogFilter(false, Optional.empty(), Optional.empty(), Optional.empty());

    private static List<String> shown(LogForm form, Request.LogFilter filter, String... lines) {
        return List.of(lines).stream()
                .map(form::read)
                .flatMap(List::stream)
                .filter(filter::passes)
                .map(LogRecord::text)
                .toList();
    }

    @Test
    void detailAndFurtherLinesBelongToTheirRecord_LOG20() {
        var errors = new Request.LogFilter(false, Optional.empty(), Optional.empty(), Optional.of(Severity.ERROR));
        String[] lines = {
            "2026-11-22 17:00:00.123 UTC [7] LOG:  all is well",
            "2026-11-22 17:00:00.123 UTC [7] HINT:  be glad",
            "2026-11-22 17:00:00.123 UTC [8] ERROR:  syntax error",
            "\tin two lines",
            "2026-11-22 17:00:00.123 UTC [8] STATEMENT:  selec 1",
            "Exception in thread main",
            "2026-11-22 17:00:00.123 UTC [7] LOG:  ERROR:  is only a word here"
        };
        assertThat(shown(new TextLogForm(), errors, lines)).containsExactly(lines[2], lines[3], lines[4]);
        assertThat(shown(new TextLogForm(), ALL, lines)).containsExactly(lines);
    }

    @Test
    void aPidIsFoundInThePrefixOnly() {
        var ofEight = new Request.LogFilter(false, Optional.empty(), Optional.of(8), Optional.empty());
        String[] lines = {
            "2026-11-22 17:00:00.123 UTC [8] LOG:  mine", "2026-11-22 17:00:00.123 UTC [7] LOG:  not [8]'s"
        };
        assertThat(shown(new TextLogForm(), ofEight, lines)).containsExactly(lines[0]);
    }

    @Test
    void jsonIsShownAsTextAndTellsTheKind_LOG24() {
        var backends = new Request.LogFilter(false, Optional.of("client backend"), Optional.empty(), Optional.empty());
        String backend = "{\"timestamp\":\"2026-11-22 17:00:00.123 UTC\",\"pid\":8,\"line_num\":1,"
                + "\"error_severity\":\"ERROR\",\"message\":\"a \\\"b\\\"\\nc \\u00e9\",\"hint\":\"d\","
                + "\"backend_type\":\"client backend\",\"query_id\":0}";
        String postmaster = "{\"timestamp\":\"t\",\"pid\":7,\"error_severity\":\"LOG\",\"message\":\"m\","
                + "\"backend_type\":\"postmaster\"}";
        assertThat(shown(new JsonLogForm(), backends, postmaster, backend))
                .containsExactly("2026-11-22 17:00:00.123 UTC [8] ERROR:  a \"b\"\n\tc é\n"
                        + "2026-11-22 17:00:00.123 UTC [8] HINT:  d");
    }

    @Test
    void aCsvRecordMayGoOverSeveralLines_LOG23() {
        var errors = new Request.LogFilter(
                false, Optional.of("client backend"), Optional.of(8), Optional.of(Severity.ERROR));
        String[] lines = {
            "t,,,7,,s,1,,t,,0,LOG,00000,\"m\",,,,,,,,,\"\",\"postmaster\",,0",
            "t,\"u\",\"d\",8,\"h:1\",s,1,\"SELECT\",t,,0,ERROR,42601,\"a \"\"b\"\",",
            "c\",,\"d\",,,,\"select 1\",1,,\"\",\"client backend\",,0"
        };
        assertThat(shown(new CsvLogForm(), errors, lines))
                .containsExactly("t [8] ERROR:  a \"b\",\n\tc\nt [8] HINT:  d\nt [8] STATEMENT:  select 1");
    }

    @Test
    void aCsvRecordWithoutItsEndEndsWhereTheNextOneBegins() {
        String begin = "2026-11-22 17:00:00.123 UTC,\"a \"\"b\"\", c\",\"d\",";
        String[] lines = {
            begin + "7,,s,1,,t,,0,LOG,00000,\"the disk was fu",
            "and this is \"\"its second line",
            begin + "8,,s,1,,t,,0,LOG,00000,\"whole\",,,,,,,,,\"\",\"client backend\",,0",
            "2026-11-22 17:00:00.124 UTC,,,9,,s,1,,t,,0,LOG,00000,\"a record in",
            "2026-11-22 two lines\",,,,,,,,,\"\",\"postmaster\",,0"
        };
        assertThat(shown(new CsvLogForm(), ALL, lines))
                .containsExactly(
                        lines[0] + "\n" + lines[1],
                        "2026-11-22 17:00:00.123 UTC [8] LOG:  whole",
                        "2026-11-22 17:00:00.124 UTC [9] LOG:  a record in\n\t2026-11-22 two lines");
    }

    @Test
    void whatIsNoCsvRecordIsShownAsItIs() {
        for (String line : List.of("", ",", "rest of a \"record\" that", "\"a\"b,\"\"", "1,2,3")) {
            assertThat(shown(new CsvLogForm(), ALL, line)).containsExactly(line);
        }
    }

    @Test
    void whatIsNoJsonIsShownAsItIs() {
        for (String line : List.of("", "{", "{\"a", "{\"a\":", "{\"message", "\\", "{\"a\":\"\\u12")) {
            assertThat(shown(new JsonLogForm(), ALL, line)).containsExactly(line);
        }
    }
}
