package dev.postmaster.config;

import org.jspecify.annotations.Nullable;

/** The units a number can have (guc.c). Case matters: {@code kB} is one, {@code KB} is none. */
enum Unit {
    NONE(Family.NONE, "", 1),
    BYTE(Family.MEMORY, "B", 1),
    KILOBYTE(Family.MEMORY, "kB", 1L << 10),
    MEGABYTE(Family.MEMORY, "MB", 1L << 20),
    GIGABYTE(Family.MEMORY, "GB", 1L << 30),
    TERABYTE(Family.MEMORY, "TB", 1L << 40),
    MICROSECOND(Family.TIME, "us", 1),
    MILLISECOND(Family.TIME, "ms", 1_000),
    SECOND(Family.TIME, "s", 1_000_000),
    MINUTE(Family.TIME, "min", 60_000_000),
    HOUR(Family.TIME, "h", 3_600_000_000L),
    DAY(Family.TIME, "d", 86_400_000_000L);

    /** What is measured; the hint is PostgreSQL's. */
    enum Family {
        NONE(""),
        MEMORY("Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\"."),
        TIME("Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".");

        private final String hint;

        Family(String hint) {
            this.hint = hint;
        }

        String hint() {
            return hint;
        }
    }

    private final Family family;
    private final String symbol;
    private final long size;

    Unit(Family family, String symbol, long size) {
        this.family = family;
        this.symbol = symbol;
        this.size = size;
    }

    Family family() {
        return family;
    }

    String symbol() {
        return symbol;
    }

    /** Bytes or microseconds in one of this unit. */
    long size() {
        return size;
    }

    /** The unit of this family with the symbol. */
    @Nullable
    Unit sibling(String word) {
        for (Unit unit : values()) {
            if (unit.family == family && unit.symbol.equals(word)) {
                return unit;
            }
        }
        return null;
    }

    /** A whole number of this unit in the largest unit that holds it without a rest: 120 seconds are {@code 2min}. */
    String format(int value) {
        Unit[] all = values();
        for (int i = all.length - 1; i >= 0 && value > 0; i--) {
            Unit unit = all[i];
            if (unit.family == family && unit.size >= size && value % (unit.size / size) == 0) {
                return value / (unit.size / size) + unit.symbol;
            }
        }
        return Integer.toString(value);
    }
}
