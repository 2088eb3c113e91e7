package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Setting;
import dev.postmaster.config.SettingContext;
import dev.postmaster.config.Settings;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value for every setting a session can see, at one moment.
 *
 * @param server the postmaster's settings, as this session changed them
 * @param own values of {@link SettingTable}, and of names with a dot, by name in lower case; what is missing is at its
 *     default
 */
record SettingValues(Settings server, Map<String, String> own) {
    private static final String TRANSACTION = "transaction_";

    /**
     * The value as {@code SHOW} prints it.
     *
     * @throws ReportException ERROR 42704 for a name nobody knows
     */
    String get(String name) {
        String key = key(name);
        String value = own.get(key);
        if (value != null) {
            return value;
        }
        SessionSetting setting = SettingTable.find(key);
        if (setting == null) {
            return server.get(name);
        }
        return key.startsWith(TRANSACTION) ? get("default_" + key) : setting.defaultValue();
    }

    boolean isOn(String name) {
        return get(name).equals("on");
    }

    /**
     * These values with one changed.
     *
     * @throws ReportException ERROR 42704 for a name nobody knows, 55P02 for a setting that a session cannot change, 22023
     *     for a value that it does not take
     */
    SettingValues with(String name, String text) {
        SessionSetting setting = SettingTable.find(key(name));
        if (setting != null) {
            return withOwn(setting.key(), setting.accept(text));
        }
        Setting<?> known = Guc.find(name);
        if (known == null && name.indexOf('.') > 0) {
            return withOwn(key(name), text); // a name that some extension may know
        }
        if (known == null) {
            throw error(SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
        }
        if (known.context() != SettingContext.USER) {
            throw error(SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + known.name() + "\" " + when(known));
        }
        return new SettingValues(server.with(known, text), own);
    }

    /** The same, when the session begins: then more can be changed. */
    SettingValues atStart(String name, String text) {
        Setting<?> known = Guc.find(name);
        return known != null && known.context() == SettingContext.BACKEND
                ? new SettingValues(server.with(known, text), own)
                : with(name, text);
    }

    private static String when(Setting<?> setting) {
        return switch (setting.context()) {
            case POSTMASTER -> "cannot be changed without restarting the server";
            case SIGHUP -> "cannot be changed now";
            case BACKEND -> "cannot be set after connection start";
            case USER -> throw new IllegalArgumentException(setting.name());
        };
    }

    /** These values with one as it is in {@code other}. */
    SettingValues withSame(String name, SettingValues other) {
        Setting<?> known = Guc.find(name);
        if (known != null) {
            return new SettingValues(server.with(known, known.show(other.server)), own);
        }
        get(name);
        Map<String, String> changed = new HashMap<>(own);
        String value = other.own.get(key(name));
        if (value == null) {
            changed.remove(key(name));
        } else {
            changed.put(key(name), value);
        }
        return new SettingValues(server, changed);
    }

    /** Every name with its value, in order of the names. */
    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Guc.all().forEach(setting -> all.put(setting.name(), setting.show(server)));
        SettingTable.REPORTED.forEach(setting -> all.put(setting.name(), get(setting.name())));
        SettingTable.OTHERS.forEach(setting -> all.put(setting.name(), get(setting.name())));
        own.forEach(all::putIfAbsent);
        return all;
    }

    /** Sets what only the server may set. */
    SettingValues withOwn(String key, String value) {
        Map<String, String> changed = new HashMap<>(own);
        changed.put(key, value);
        return new SettingValues(server, changed);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
