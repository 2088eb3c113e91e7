package dev.postmaster.config;

import java.util.List;

/** A command and its arguments ({@link CommandWords}). */
record CommandType() implements SettingType<List<String>> {

    @Override
    public List<String> parse(String name, String text) {
        try {
            return CommandWords.split(text);
        } catch (IllegalArgumentException e) {
            throw SettingType.invalid(name, text, e.getMessage() + ".");
        }
    }

    @Override
    public String format(List<String> value) {
        return CommandWords.join(value);
    }

    @Override
    public String allowed() {
        return "words, quoted as for a shell";
    }
}
