package dev.postmaster.config;

/** A whole number without a unit. */
record IntType(IntRange range, boolean octal) implements SettingType<Integer> {

    @Override
    public Integer parse(String name, String text) {
        return range.parse(name, text);
    }

    @Override
    public String format(Integer value) {
        return octal ? "0" + Integer.toOctalString(value) : value.toString();
    }

    @Override
    public String allowed() {
        return octal ? format(range.min()) + " .. " + format(range.max()) : range.toString();
    }
}
