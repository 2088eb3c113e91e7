package dev.postmaster.config;

import java.util.List;

/** A command and its arguments ({@link CommandWords}), or nothing; what is to be run has a name. */
record CommandType() implements SettingType<List<String>> {

    @Override
    public List<String> parse(String name, String text) {
        List<String> words = split(name, text);
        if (!words.isEmpty() && words.getFirst().isEmpty()) {
            throw SettingType.invalid(name, text, "the first word is empty.");
        }
        return words;
    }

    private static List<String> split(String name, String text) {
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
