package dev.postmaster.config;

/** Any text. */
record StringType() implements SettingType<String> {

    @Override
    public String parse(String name, String text) {
        return text;
    }

    @Override
    public String format(String value) {
        return value;
    }

    @Override
    public String allowed() {
        return "";
    }
}
