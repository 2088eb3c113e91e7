package dev.postmaster.child.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Setting;
import dev.postmaster.config.Settings;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.wire.BackendMessage.ParameterStatus;
import dev.postmaster.wire.ProtocolVersion;
import dev.postmaster.wire.Replication;
import dev.postmaster.wire.StartupPacket.Startup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final SessionSettings settings = new SessionSettings(SettingValues.of(Settings.DEFAULTS));

    private String get(String name) {
        return settings.current().get(name);
    }

    private static void assertFails(ThrowingCallable code, SqlState sqlState, String message) {
        assertThatThrownBy(code).isInstanceOfSatisfying(ReportException.class, e -> {
            assertThat(e.report().sqlState()).isEqualTo(sqlState);
            assertThat(e.report().message()).isEqualTo(message);
        });
    }

    @Test
    void aSettingLastsWhenItsTransactionCommits() {
        settings.set("application_name", "a", false);
        settings.commit();
        settings.set("Application_Name", "b", false);
        settings.rollback();
        assertThat(get("APPLICATION_NAME")).isEqualTo("a");
    }

    @Test
    void aLocalSettingEndsWithItsTransaction() {
        settings.set("application_name", "a", false);
        settings.set("application_name", "b", true);
        assertThat(get("application_name")).isEqualTo("b");
        settings.commit();
        assertThat(get("application_name")).isEqualTo("a");
    }

    @Test
    void aSavepointBringsSettingsBack() {
        settings.set("application_name", "a", false);
        SessionSettings.State savepoint = settings.state();
        settings.set("application_name", "b", false);
        settings.restore(savepoint);
        settings.commit();
        assertThat(get("application_name")).isEqualTo("a");
    }

    @Test
    void resetGoesBackToTheStartOfTheSession() {
        settings.set("extra_float_digits", "3", false);
        settings.set("statement_timeout", "5s", false);
        settings.set("my.own", "x", false);
        settings.reset("extra_float_digits");
        assertThat(get("extra_float_digits")).isEqualTo("1");
        assertThat(get("statement_timeout")).isEqualTo("5s");
        settings.resetAll();
        assertThat(get("statement_timeout")).isEqualTo("0");
        assertFails(() -> get("my.own"), SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"my.own\"");
    }

    private static Settings serverWith(Setting<?> setting, String text) {
        return Settings.DEFAULTS.with(setting, text);
    }

    @Test
    void whatTheSessionHasNotChangedFollowsTheServer() {
        settings.follow(serverWith(Guc.STATEMENT_TIMEOUT, "5s").with(Guc.LOCK_TIMEOUT, "7s"));
        assertThat(get("statement_timeout")).isEqualTo("5s");

        settings.set("statement_timeout", "1s", false);
        settings.rollback();
        assertThat(get("statement_timeout")).isEqualTo("5s");
        assertThat(get("lock_timeout")).isEqualTo("7s");
    }

    @Test
    void whatTheSessionHasSetIsStrongerThanTheServerAlsoWhereBothAgreed() {
        settings.set("statement_timeout", "0", false);
        settings.set("lock_timeout", "1s", true);
        settings.follow(serverWith(Guc.STATEMENT_TIMEOUT, "5s").with(Guc.LOCK_TIMEOUT, "7s"));
        assertThat(get("statement_timeout")).isEqualTo("0");
        assertThat(get("lock_timeout")).isEqualTo("1s");

        settings.commit();
        assertThat(get("statement_timeout")).isEqualTo("0");
        assertThat(get("lock_timeout")).isEqualTo("7s");
        settings.reset("statement_timeout");
        assertThat(get("statement_timeout")).isEqualTo("5s");
        settings.commit();
        settings.follow(serverWith(Guc.STATEMENT_TIMEOUT, "9s"));
        assertThat(get("statement_timeout")).isEqualTo("9s");
    }

    @Test
    void aSavepointBringsBackWhatTheSessionSetAndNotWhatTheServerSaid() {
        settings.set("lock_timeout", "1s", false);
        SessionSettings.State savepoint = settings.state();
        settings.set("lock_timeout", "2s", false);
        settings.set("statement_timeout", "3s", false);
        settings.follow(serverWith(Guc.STATEMENT_TIMEOUT, "5s"));
        settings.restore(savepoint);
        settings.commit();
        assertThat(get("lock_timeout")).isEqualTo("1s");
        assertThat(get("statement_timeout")).isEqualTo("5s");
    }

    @Test
    void whatIsFixedWhenASessionBeginsStays() {
        settings.follow(serverWith(Guc.LOG_DISCONNECTIONS, "on"));
        assertThat(get("log_disconnections")).isEqualTo("off");
    }

    @Test
    void theServersSettingsCanBeSeenAndSomeChanged() {
        assertThat(get("max_connections")).isEqualTo("100");
        settings.set("statement_timeout", "1min", false);
        assertThat(settings.current().server().get(Guc.STATEMENT_TIMEOUT)).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "max_connections, cannot be changed without restarting the server",
        "authentication_timeout, cannot be changed now",
        "log_connections, cannot be set after connection start",
        "server_version, cannot be changed"
    })
    void theServersOwnSettingsCannotBeSet(String name, String reason) {
        assertFails(
                () -> settings.set(name, "1", false),
                SqlState.CANT_CHANGE_RUNTIME_PARAM,
                "parameter \"" + name + "\" " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "client_encoding, utf-8, UTF8",
        "client_encoding, UNICODE, UTF8",
        "client_encoding, sql_ascii, SQL_ASCII",
        "datestyle, iso, 'ISO, MDY'",
        "DateStyle, 'dmy, ISO', 'ISO, DMY'",
        "standard_conforming_strings, ON, on",
        "row_security, f, off",
        "extra_float_digits, ' 3', 3",
        "default_transaction_isolation, SERIALIZABLE, serializable"
    })
    void aValueIsKeptInItsOwnForm(String name, String text, String kept) {
        settings.set(name, text, false);
        assertThat(get(name)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "client_encoding, LATIN1",
        "DateStyle, German",
        "standard_conforming_strings, off",
        "row_security, perhaps",
        "extra_float_digits, many",
        "IntervalStyle, iso_8601"
    })
    void aValueWeCannotHonourIsRefused(String name, String text) {
        assertFails(
                () -> settings.set(name, text, false),
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"" + name + "\": \"" + text + "\"");
    }

    @Test
    void aTransactionsModesFollowTheirDefaults() {
        settings.set("default_transaction_isolation", "serializable", false);
        assertThat(get("transaction_isolation")).isEqualTo("serializable");
        settings.set("transaction_isolation", "repeatable read", true);
        assertThat(get("transaction_isolation")).isEqualTo("repeatable read");
    }

    @Test
    void theClientIsToldEverythingOnceAndThenWhatChanges() {
        assertThat(settings.news()).hasSize(SettingTable.REPORTED.size());
        assertThat(settings.news()).isEmpty();
        settings.set("timezone", "Asia/Tokyo", false);
        settings.set("search_path", "x", false);
        assertThat(settings.news()).containsExactly(new ParameterStatus("TimeZone", "Asia/Tokyo"));
        settings.rollback();
        assertThat(settings.news()).containsExactly(new ParameterStatus("TimeZone", "UTC"));
    }

    @Test
    void everythingCanBeListed() {
        assertThat(settings.current().all())
                .containsEntry("max_connections", "100")
                .containsEntry("DateStyle", "ISO, MDY")
                .containsEntry("transaction_isolation", "read committed");
    }

    private static SettingValues atStart(String... namesAndValues) {
        Map<String, String> asked = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            asked.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return StartupSettings.of(
                SettingValues.of(Settings.DEFAULTS),
                new Startup(ProtocolVersion.NEWEST, "alice", "shop", Replication.NONE, asked, List.of()));
    }

    @Test
    void theStartupPacketSetsWhatASessionBeginsWith() {
        SettingValues values = atStart("DATESTYLE", "ISO", "application_name", "psql", "log_disconnections", "on");
        assertThat(values.get("application_name")).isEqualTo("psql");
        assertThat(values.get("session_authorization")).isEqualTo("alice");
        assertThat(values.server().get(Guc.LOG_DISCONNECTIONS)).isTrue();
    }

    @Test
    void optionsAreCommandLineArguments() {
        SettingValues values = atStart(
                "options", "-c statement_timeout=3s  -csearch_path=a\\ b --extra-float-digits=2", "search_path", "c");
        assertThat(values.get("statement_timeout")).isEqualTo("3s");
        assertThat(values.get("extra_float_digits")).isEqualTo("2");
        assertThat(values.get("search_path"))
                .as("the packet's own word comes last")
                .isEqualTo("c");
        assertThat(atStart("options", "-csearch_path=a\\ b").get("search_path")).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d", "nonsense", "-c", "--name", "-c=1"})
    void otherOptionsAreRefused(String option) {
        assertFails(
                () -> atStart("options", option),
                SqlState.SYNTAX_ERROR,
                "invalid command-line argument for server process: " + option);
    }
}
