package dev.postmaster.config;

/** An amount of memory or disk in bytes, whole in the unit of its range. */
record SizeType(IntRange range) implements SettingType<Long> {

    @Override
    public Long parse(String name, String text) {
        return range.parse(name, text) * range.unit().size();
    }

    @Override
    public String format(Long value) {
        return range.unit().format(Math.toIntExact(value / range.unit().size()));
    }

    @Override
    public String allowed() {
        return range.toString();
    }
}
