package dev.postmaster.auth.hba;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as text. Nothing here asks a name server. */
final class Addresses {
    private static final Pattern NAME = Pattern.compile("\\.?[\\p{Alnum}_-]+(\\.[\\p{Alnum}_-]+)*\\.?");
    private static final Pattern ONLY_NUMBERS = Pattern.compile("[0-9.]+");

    private Addresses() {}

    /** The address that {@code text} writes in numbers; null for anything else. */
    static @Nullable InetAddress numeric(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** How many bits of {@code address} are meant; -1 if {@code text} is no such number. */
    static int prefixLength(String text, InetAddress address) {
        if (!text.matches("\\d{1,3}")) {
            return -1;
        }
        int bits = Integer.parseInt(text);
        return bits <= address.getAddress().length * Byte.SIZE ? bits : -1;
    }

    static boolean mayBeName(String text) {
        return NAME.matcher(text).matches() && !ONLY_NUMBERS.matcher(text).matches();
    }
}
