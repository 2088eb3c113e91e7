package dev.postmaster.store.function;

import org.jspecify.annotations.Nullable;

/** All functions by name. A session registers one when a statement first names it, so that most cost nothing. */
public final class Functions {
    private Functions() {}

    /** The function of a name; null when there is none. */
    public static @Nullable Body find(String name, Surroundings surroundings) {
        Body body = CastFunctions.find(name);
        body = body == null ? SessionFunctions.find(name, surroundings) : body;
        body = body == null ? TimeFunctions.find(name, surroundings) : body;
        body = body == null ? TextFunctions.find(name) : body;
        body = body == null ? RoleFunctions.find(name, surroundings) : body;
        return body == null ? CatalogFunctions.find(name, surroundings) : body;
    }

    /** Whether the same arguments always give the same answer; only then may an index use the function. */
    public static boolean deterministic(String name) {
        return TextFunctions.find(name) != null || CastFunctions.find(name) != null;
    }
}
