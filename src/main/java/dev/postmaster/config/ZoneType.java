package dev.postmaster.config;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A time zone of the IANA database, such as {@code Europe/Berlin}. */
record ZoneType() implements SettingType<ZoneId> {

    @Override
    public ZoneId parse(String name, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw SettingType.invalid(name, text, "");
        }
    }

    @Override
    public String format(ZoneId value) {
        return value.getId();
    }

    @Override
    public String allowed() {
        return "a time zone of the IANA database";
    }
}
