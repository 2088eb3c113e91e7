package dev.postmaster.config;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One word of a list. The words are the constants' names in lower case.
 *
 * @param aliases further words that are accepted but not shown
 */
record EnumType<E extends Enum<E>>(Class<E> words, Map<String, E> aliases) implements SettingType<E> {

    @Override
    public E parse(String name, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        for (E constant : words.getEnumConstants()) {
            if (format(constant).equals(word)) {
                return constant;
            }
        }
        E alias = aliases.get(word);
        if (alias == null) {
            throw SettingType.invalid(name, text, "Available values: " + allowed() + ".");
        }
        return alias;
    }

    @Override
    public String format(E value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String allowed() {
        StringJoiner all = new StringJoiner(", ");
        for (E constant : words.getEnumConstants()) {
            all.add(format(constant));
        }
        return all.toString();
    }
}
