package dev.postmaster.admin;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Setting;
import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;
import dev.postmaster.server.InForce;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * The settings in force, with their units as {@code SHOW} prints them. Those of workers are not among them, and variables of
 * programs are not told: they are where people put secrets.
 */
final class SettingsView {
    private static final Set<Setting<?>> SECRET = Set.of(Guc.BACKEND_ENVIRONMENT);

    private SettingsView() {}

    static JsonArray of(InForce inForce) {
        var array = new JsonArray();
        for (Setting<?> setting : Guc.all()) {
            array.add(row(setting, inForce));
        }
        return array;
    }

    private static JsonObject row(Setting<?> setting, InForce inForce) {
        var row = new JsonObject().put("name", setting.name());
        if (!SECRET.contains(setting)) {
            row.put("value", setting.show(inForce.settings()));
        }
        return row.put("default", setting.show(Settings.DEFAULTS))
                .put("allowed", setting.type().allowed())
                .put("context", setting.context().word())
                .put("source", source(setting, inForce))
                .put("description", setting.description());
    }

    /** The strongest source that can have given the value; a property and the file may say the same. */
    private static String source(Setting<?> setting, InForce inForce) {
        SettingSources sources = inForce.sources();
        if (sources.commandLine().containsKey(setting.name())) {
            return "command line";
        }
        String value = setting.show(inForce.settings());
        if (value.equals(setting.show(Settings.DEFAULTS))) {
            return "default";
        }
        String property = sources.properties().get(setting.name());
        boolean same = property != null
                && setting.show(Settings.DEFAULTS.with(setting, property)).equals(value);
        return same ? "property" : "configuration file";
    }
}
