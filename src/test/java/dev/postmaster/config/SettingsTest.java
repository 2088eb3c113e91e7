package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postmaster.report.ReportException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void everyConstantIsListedOnceAndFoundByItsName() throws IllegalAccessException {
        List<Setting<?>> constants = new ArrayList<>();
        for (Field field : Guc.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.get(null) instanceof Setting<?> setting) {
                constants.add(setting);
                assertThat(field.getName()).isEqualToIgnoringCase(setting.name());
                assertThat(Guc.find(setting.name())).isSameAs(setting);
            }
        }
        assertThat(constants).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(Guc.all());
    }

    @Test
    void everyDefaultIsAllowedAndSurvivesText() {
        for (Setting<?> setting : Guc.all()) {
            Settings again = Settings.DEFAULTS.with(setting, setting.show(Settings.DEFAULTS));
            assertThat(again.nonDefaults()).as(setting.name()).isEmpty();
        }
    }

    @Test
    void aChildRebuildsWhatThePostmasterHad() {
        Settings postmaster = Settings.DEFAULTS
                .with(Guc.PORT, "5433")
                .with(Guc.AUTHENTICATION_TIMEOUT, "90")
                .with(Guc.LISTEN_ADDRESSES, "a,b")
                .with(Guc.UNIX_SOCKET_PERMISSIONS, "0700");
        assertThat(postmaster.nonDefaults())
                .containsOnly(
                        Map.entry("port", "5433"),
                        Map.entry("authentication_timeout", "90s"),
                        Map.entry("listen_addresses", "a,b"),
                        Map.entry("unix_socket_permissions", "0700"));
        Settings child = Settings.ofNonDefaults(postmaster.nonDefaults());
        assertThat(child.get(Guc.PORT)).isEqualTo(5433);
        assertThat(child.get(Guc.AUTHENTICATION_TIMEOUT)).isEqualTo(Duration.ofSeconds(90));
        assertThat(child.nonDefaults()).isEqualTo(postmaster.nonDefaults());
    }

    @Test
    void settingTheDefaultAgainIsNoDifference() {
        assertThat(Settings.DEFAULTS.with(Guc.PORT, "1").with(Guc.PORT, "5432").nonDefaults())
                .isEmpty();
    }

    @Test
    void namesAreFoundInAnyCaseAndUnknownOnesRefused() {
        assertThat(Settings.DEFAULTS.get("Max_Connections")).isEqualTo("100");
        assertThatThrownBy(() -> Settings.DEFAULTS.get("no_such"))
                .isInstanceOf(ReportException.class)
                .hasMessage("unrecognized configuration parameter \"no_such\"");
    }

    @Test
    void aSnapshotNeverChanges() {
        Settings before = Settings.DEFAULTS;
        Settings after = before.with(Guc.PORT, "5433");
        assertThat(before.get(Guc.PORT)).isEqualTo(5432);
        assertThat(after.get(Guc.PORT)).isEqualTo(5433);
    }
}
