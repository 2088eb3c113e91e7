package dev.postmaster.store.type;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the type a column was declared with means to a client. SQLite keeps the words of the declaration and lets any
 * value in; a type we do not know is {@code text}, which every value has a form for.
 *
 * @param modifier {@code atttypmod}; -1 for none
 */
public record DeclaredType(PgType type, int modifier) {

    /** Room for the length word that PostgreSQL counts into a modifier (VARHDRSZ). */
    static final int HEADER = 4;

    /** Reads a declaration such as {@code varchar(30)}; one without words is a column of any type. */
    public static DeclaredType of(@Nullable String declaration) {
        if (declaration == null || declaration.isBlank()) {
            return new DeclaredType(PgType.TEXT, -1);
        }
        int open = declaration.indexOf('(');
        int close = declaration.indexOf(')', Math.max(open, 0));
        String name = (open < 0 ? declaration : declaration.substring(0, open)).strip();
        PgType type = PgType.named(name.toLowerCase(Locale.ROOT));
        if (type == null) {
            type = firstWord(name);
        }
        String arguments = open < 0 || close < 0 ? "" : declaration.substring(open + 1, close);
        return new DeclaredType(type, modifier(type, arguments));
    }

    /** {@code JSON TEXT} and the like: the first word is the client's, the second gives SQLite the right affinity. */
    private static PgType firstWord(String name) {
        int blank = name.indexOf(' ');
        PgType type = blank < 0 ? null : PgType.named(name.substring(0, blank).toLowerCase(Locale.ROOT));
        return type == null ? PgType.TEXT : type;
    }

    /** The modifier for arguments such as {@code 10,2}; -1 when there are none or the type takes none. */
    public static int modifier(PgType type, String arguments) {
        if (arguments.isEmpty()) {
            return -1;
        }
        int comma = arguments.indexOf(',');
        int first = number(comma < 0 ? arguments : arguments.substring(0, comma));
        int second = comma < 0 ? 0 : number(arguments.substring(comma + 1));
        if (first < 0) {
            return -1;
        }
        return switch (type) {
            case VARCHAR, BPCHAR -> first + HEADER;
            case NUMERIC -> ((first << 16) | Math.max(second, 0)) + HEADER;
            case TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ -> first;
            default -> -1;
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
