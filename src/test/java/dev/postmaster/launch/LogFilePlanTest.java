package dev.postmaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.config.Settings;
import dev.postmaster.logpipe.RecordForm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFilePlanTest {
    private static final Path DATA = Path.of("/data");
    private static final Instant AT = Instant.parse("2026-03-01T23:05:09Z");

    @Test
    void theDefaultNameTellsTheSecond_LOG26() {
        assertThat(new LogFilePlan(DATA, Settings.DEFAULTS).file(RecordForm.TEXT, AT))
                .isEqualTo(Path.of("/data/log/postgresql-2026-03-01_230509.log"));
    }

    @ParameterizedTest
    @CsvSource({"a.log,a.csv,a.json", ".log,.log.csv,.log.json", "today,today.csv,today.json"})
    void otherFormsReplaceTheSuffixOfALog_LOG26(String text, String csv, String json) {
        LogFilePlan names = names(Map.of("log_filename", text, "log_directory", "/var/log"));
        assertThat(names.file(RecordForm.TEXT, AT)).hasToString("/var/log/" + text);
        assertThat(names.file(RecordForm.CSV, AT)).hasToString("/var/log/" + csv);
        assertThat(names.file(RecordForm.JSON, AT)).hasToString("/var/log/" + json);
    }

    /** As date(1) prints them: {@code TZ=Asia/Kolkata LC_ALL=C date -d @1772406309 +…}. */
    @ParameterizedTest
    @CsvSource({
        "%Y-%m-%d %H:%M:%S,2026-03-02 04:35:09",
        "%F %T %R %D,2026-03-02 04:35:09 04:35 03/02/26",
        "%a %A %b %B %h,Mon Monday Mar March Mar",
        "%e|%d|%j|%C|%y,' 2|02|061|20|26'",
        "%I %p %z %s,04 AM +0530 1772406309",
        "%u %w %V %G %U %W,1 1 10 2026 09 09",
        "100%%,100%",
        "%?,%?",
        "%,%",
    })
    void escapesAreThoseOfStrftimeInTheZoneOfTheLog_LOG26(String pattern, String expected) {
        LogFilePlan names = names(Map.of("log_filename", pattern.replace('/', '.'), "log_timezone", "Asia/Kolkata"));
        assertThat(DATA.resolve("log")
                        .relativize(names.file(RecordForm.TEXT, AT))
                        .toString()
                        .replace('/', '.'))
                .isEqualTo(expected.replace('/', '.'));
    }

    @ParameterizedTest
    @CsvSource({"log,log/pm.log", "../logs,../logs/pm.log", "/var/log,/var/log/pm.log", "/data/log,/data/log/pm.log"})
    void aFileIsNamedAsTheDirectoryIs_LOG33(String directory, String named) {
        LogFilePlan names = names(Map.of("log_filename", "pm.log", "log_directory", directory));
        assertThat(names.asNamed(names.file(RecordForm.TEXT, AT))).hasToString(named);
    }

    private static LogFilePlan names(Map<String, String> settings) {
        return new LogFilePlan(DATA, Settings.ofNonDefaults(settings));
    }
}
