package dev.postmaster.store.function;

import org.jspecify.annotations.Nullable;

/** GREATEST and LEAST, which pass over nulls where SQLite's max and min answer null. */
final class Ordering {
    private Ordering() {}

    static @Nullable Object extreme(@Nullable Object[] values, int sign) {
        Object best = null;
        for (Object value : values) {
            if (value != null && (best == null || sign * compare(value, best) > 0)) {
                best = value;
            }
        }
        return best;
    }

    /** As SQLite compares: numbers before text. */
    private static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof Number || right instanceof Number) {
            return left instanceof Number ? -1 : 1;
        }
        return left.toString().compareTo(right.toString());
    }
}
