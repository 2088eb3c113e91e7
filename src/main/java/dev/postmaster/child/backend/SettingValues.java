package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Setting;
import dev.postmaster.config.SettingContext;
import dev.postmaster.config.Settings;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A value for every setting a session can see, at one moment.
 *
 * @param server the postmaster's settings, as this session changed them
 * @param changed which of them it did change, by name
 * @param own values of {@link SettingTable}, and of names with a dot, by name in lower case; what is missing is at its
 *     default
 */
record SettingValues(Settings server, Set<String> changed, Map<String, String> own) {
    private static final String TRANSACTION = "transaction_";

    /** The server's values, before the session changes any. */
    static SettingValues of(Settings server) {
        return new SettingValues(server, Set.of(), Map.of());
    }

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
        return withServers(known, text);
    }

    /** The same, when the session begins: then more can be changed. */
    SettingValues atStart(String name, String text) {
        Setting<?> known = Guc.find(name);
        return known != null && known.context() == SettingContext.BACKEND ? withServers(known, text) : with(name, text);
    }

    private SettingValues withServers(Setting<?> setting, String text) {
        Set<String> more = new HashSet<>(changed);
        more.add(setting.name());
        return new SettingValues(server.with(setting, text), more, own);
    }

    /**
     * The same on other values of the server: what the session changed is stronger than any file, and what is fixed when a
     * session begins stays as it was then (guc.c, set_config_option).
     */
    SettingValues on(Settings fresh) {
        Settings values = fresh;
        for (Setting<?> setting : Guc.all()) {
            if (changed.contains(setting.name()) || setting.context() == SettingContext.BACKEND) {
                values = values.with(setting, setting.show(server));
            }
        }
        return new SettingValues(values, changed, own);
    }

    private static String when(Setting<?> setting) {
        return switch (setting.context()) {
            case POSTMASTER -> "cannot be changed without restarting the server";
            case SIGHUP -> "cannot be changed now";
            case BACKEND -> "cannot be set after connection start";
            case USER -> throw new IllegalArgumentException(setting.name());
        };
    }

    /** These values with one as it is in {@code other}, which stands on the same values of the server. */
    SettingValues withSame(String name, SettingValues other) {
        Setting<?> known = Guc.find(name);
        if (known != null) {
            Set<String> names = new HashSet<>(changed);
            names.remove(known.name());
            if (other.changed.contains(known.name())) {
                names.add(known.name());
            }
            return new SettingValues(server.with(known, known.show(other.server)), names, own);
        }
        get(name);
        Map<String, String> values = new HashMap<>(own);
        String value = other.own.get(key(name));
        if (value == null) {
            values.remove(key(name));
        } else {
            values.put(key(name), value);
        }
        return new SettingValues(server, changed, values);
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
        Map<String, String> values = new HashMap<>(own);
        values.put(key, value);
        return new SettingValues(server, changed, values);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
