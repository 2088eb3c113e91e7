package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules are guc.c's and bool.c's, the texts those of PostgreSQL 15; units in ranges came with 16. */
class SettingTypeTest {
    private static final Settings DEFAULTS = Settings.DEFAULTS;

    private static String shown(Setting<?> setting, String text) {
        return setting.show(DEFAULTS.with(setting, text));
    }

    private static Report refusal(Setting<?> setting, String text) {
        return catchThrowableOfType(ReportException.class, () -> DEFAULTS.with(setting, text))
                .report();
    }

    @ParameterizedTest
    @CsvSource({
        "60, 1min",
        "60s, 1min",
        "61, 61s",
        "2min, 2min",
        "0.5h, 30min",
        "90000ms, 90s",
        "' 10 s ', 10s",
        "1500ms, 2s",
        "0x3c, 1min",
        "1e2, 100s",
        "+5, 5s"
    })
    void timesTakeEveryUnitAndAreShownInTheLargest(String text, String shown) {
        Setting<?> setting = text.equals("0.5h") ? Guc.CHECKPOINT_TIMEOUT : Guc.AUTHENTICATION_TIMEOUT;
        assertThat(shown(setting, text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"64, 64MB", "64MB, 64MB", "2048MB, 2GB", "2097152kB, 2GB", "1.5GB, 1536MB", "1TB, 1TB"})
    void sizesTakeEveryUnitAndAreShownInTheLargest(String text, String shown) {
        assertThat(shown(Guc.MAX_WAL_SIZE, text)).isEqualTo(shown);
    }

    @Test
    void zeroHasNoUnit() {
        assertThat(shown(Guc.STATEMENT_TIMEOUT, "0")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0700", "448", "0x1c0"})
    void permissionsAreOctal(String text) {
        assertThat(shown(Guc.UNIX_SOCKET_PERMISSIONS, text)).isEqualTo("0700");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-", "0x", "089", "54x", "5 4", "."})
    void whatIsNoNumberIsRefused(String text) {
        Report report = refusal(Guc.PORT, text);
        assertThat(report.message()).isEqualTo("invalid value for parameter \"port\": \"" + text + "\"");
        assertThat(report.sqlState()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"10KB", "10S", "10 sec", "10s s"})
    void anUnknownUnitNamesTheKnownOnes(String text) {
        assertThat(refusal(Guc.AUTHENTICATION_TIMEOUT, text).hint())
                .isEqualTo("Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".");
        assertThat(refusal(Guc.MAX_WAL_SIZE, "10mb").hint())
                .isEqualTo("Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".");
    }

    @Test
    void aValueOutOfRangeNamesTheRange() {
        assertThat(refusal(Guc.PORT, "0").message())
                .isEqualTo("0 is outside the valid range for parameter \"port\" (1 .. 65535)");
        assertThat(refusal(Guc.AUTHENTICATION_TIMEOUT, "11min").message())
                .isEqualTo("660 s is outside the valid range for parameter \"authentication_timeout\" (1 s .. 600 s)");
        assertThat(refusal(Guc.PORT, "5432000000000").hint()).isEqualTo("Value exceeds integer range.");
    }

    @ParameterizedTest
    @CsvSource({
        "on, on",
        "ON, on",
        "t, on",
        "tru, on",
        "yes, on",
        "y, on",
        "1, on",
        "off, off",
        "of, off",
        "f, off",
        "false, off",
        "n, off",
        "0, off"
    })
    void booleansTakeEveryUniquePrefix(String text, String shown) {
        assertThat(shown(Guc.LOG_CONNECTIONS, text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o", "onn", "2", "truth"})
    void whatIsNoBooleanIsRefused(String text) {
        assertThat(refusal(Guc.LOG_CONNECTIONS, text).message())
                .isEqualTo("parameter \"log_connections\" requires a Boolean value");
    }

    @Test
    void wordsAreTakenInAnyCaseAndListedOnError() {
        assertThat(shown(Guc.CRASH_SCOPE, "Reset")).isEqualTo("reset");
        assertThat(shown(Guc.SYNCHRONOUS_COMMIT, "false")).isEqualTo("off");
        assertThat(shown(Guc.LOG_MIN_MESSAGES, "debug")).isEqualTo("debug2");
        assertThat(refusal(Guc.CRASH_SCOPE, "all").hint()).isEqualTo("Available values: isolated, reset.");
    }

    @Test
    void listsAreSplitAtCommasOutsideQuotes() {
        Settings settings = DEFAULTS.with(Guc.UNIX_SOCKET_DIRECTORIES, " /a, \"/b,\"\"c\" ,@d");
        assertThat(settings.get(Guc.UNIX_SOCKET_DIRECTORIES)).isEqualTo(List.of("/a", "/b,\"c", "@d"));
        assertThat(settings.get("unix_socket_directories")).isEqualTo("/a,\"/b,\"\"c\",@d");
        assertThat(DEFAULTS.with(Guc.LISTEN_ADDRESSES, " ").get(Guc.LISTEN_ADDRESSES))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,", "a,,b", "\"a", "a\"b"})
    void aBrokenListIsRefused_PM5(String text) {
        assertThat(refusal(Guc.LISTEN_ADDRESSES, text).message())
                .isEqualTo("invalid list syntax in parameter \"listen_addresses\"");
    }

    @Test
    void timeZonesAreThoseOfTheIanaDatabase() {
        assertThat(shown(Guc.LOG_TIMEZONE, "Europe/Berlin")).isEqualTo("Europe/Berlin");
        assertThat(refusal(Guc.LOG_TIMEZONE, "Mars/Olympus").message())
                .isEqualTo("invalid value for parameter \"log_timezone\": \"Mars/Olympus\"");
    }
}
