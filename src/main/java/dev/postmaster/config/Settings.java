package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.LinkedHashMap;
import java.util.Map;

/** A value for every setting, once and for all: a reload or a {@code SET} makes another snapshot. */
public final class Settings {
    /** Every setting at its default. */
    public static final Settings DEFAULTS = new Settings(Map.of());

    /** By the name of the setting, and each made by the type of that setting; what is missing is at its default. */
    private final Map<String, Object> values;

    private Settings(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The snapshot that gave {@link #nonDefaults}: how a child gets the postmaster's settings.
     *
     * @throws ReportException ERROR for an unknown name (42704) or a bad value (22023)
     */
    public static Settings ofNonDefaults(Map<String, String> texts) {
        Map<String, Object> values = new LinkedHashMap<>();
        texts.forEach((name, text) -> put(values, named(name), text));
        return new Settings(values);
    }

    private static <T> void put(Map<String, Object> values, Setting<T> setting, String text) {
        T value = setting.type().parse(setting.name(), text);
        if (value.equals(setting.defaultValue())) {
            values.remove(setting.name());
        } else {
            values.put(setting.name(), value);
        }
    }

    /** This snapshot with one value changed; the text is checked, the context is not. */
    public Settings with(Setting<?> setting, String text) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        put(changed, setting, text);
        return new Settings(changed);
    }

    @SuppressWarnings("unchecked") // put() stores under the name of a setting what the type of that setting made
    public <T> T get(Setting<T> setting) {
        return (T) values.getOrDefault(setting.name(), setting.defaultValue());
    }

    /**
     * The value as {@code SHOW} prints it.
     *
     * @throws ReportException ERROR 42704 for an unknown name
     */
    public String get(String name) {
        return named(name).show(this);
    }

    /** What differs from the defaults, as text that {@link #ofNonDefaults} reads. */
    public Map<String, String> nonDefaults() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.keySet().forEach(name -> texts.put(name, get(name)));
        return texts;
    }

    /**
     * The same values without those of workers, which are nobody's business but the postmaster's: programs are given
     * secrets in their environment.
     */
    public Settings withoutWorkers() {
        Map<String, Object> others = new LinkedHashMap<>(values);
        others.keySet().removeIf(name -> name.startsWith(WorkerParameter.PREFIX));
        return new Settings(others);
    }

    /** These values, with those of workers as they are in {@code other}. */
    Settings withWorkersOf(Settings other) {
        Settings changed = withoutWorkers();
        other.values.forEach((name, value) -> {
            if (name.startsWith(WorkerParameter.PREFIX)) {
                changed.values.put(name, value);
            }
        });
        return changed;
    }

    static Setting<?> named(String name) {
        Setting<?> known = Guc.find(name);
        Setting<?> setting = known == null ? WorkerParameter.find(name).orElse(null) : known;
        if (setting == null) {
            throw new ReportException(Report.of(
                    Severity.ERROR,
                    SqlState.UNDEFINED_OBJECT,
                    "unrecognized configuration parameter \"" + name + "\""));
        }
        return setting;
    }
}
