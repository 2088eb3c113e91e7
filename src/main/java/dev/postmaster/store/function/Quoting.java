package dev.postmaster.store.function;

/** Names and strings as SQL. */
final class Quoting {
    private Quoting() {}

    static String identifier(String name) {
        boolean plain = !name.isEmpty()
                && !Character.isDigit(name.charAt(0))
                && name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
