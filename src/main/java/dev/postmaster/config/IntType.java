package dev.postmaster.config;

/** A whole number without a unit. */
record IntType(IntRange range, boolean octal) implements SettingType<Integer> {

    @Override
    public Integer parse(String name, String text) {
        return range.parse(name, text);
    }

    @Override
    public String format(Integer value) {
        String digits = octal ? Integer.toOctalString(value) : value.toString();
        return octal ? "0".repeat(Math.max(0, 4 - digits.length())) + digits : digits;
    }

    @Override
    public String allowed() {
        return octal ? format(range.min()) + " .. " + format(range.max()) : range.toString();
    }
}
