package dev.postmaster.config;

/**
 * One thing that can be set. The constants are in {@link Guc}.
 *
 * @param name PostgreSQL's name where PostgreSQL has the setting
 * @param defaultValue the value when no source gives one
 * @param description one line, without a full stop
 */
public record Setting<T>(String name, SettingType<T> type, T defaultValue, SettingContext context, String description) {

    /** The name in Quarkus configuration: {@code postmaster.max-connections}. */
    public String propertyName() {
        return "postmaster." + name.replace('_', '-');
    }

    /** The value as {@code SHOW} prints it, and as every source accepts it. */
    public String show(Settings settings) {
        return type.format(settings.get(this));
    }
}
