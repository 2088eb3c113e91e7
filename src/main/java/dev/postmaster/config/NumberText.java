package dev.postmaster.config;

import org.jspecify.annotations.Nullable;

/**
 * A number and what follows it: {@code 1.5 GB}, {@code 0x10}, {@code 0777} (octal, as in C).
 *
 * @param rest the text behind the number, without blanks around it
 */
record NumberText(double value, String rest) {

    /** Null if the text does not begin with a number. */
    static @Nullable NumberText scan(String text) {
        String trimmed = text.strip();
        int sign = trimmed.startsWith("-") || trimmed.startsWith("+") ? 1 : 0;
        int end = digitsEnd(trimmed, sign);
        if (trimmed.startsWith("0x", sign) || trimmed.startsWith("0X", sign)) {
            return hexadecimal(trimmed, sign);
        }
        if (end < trimmed.length() && ".eE".indexOf(trimmed.charAt(end)) >= 0) {
            return decimal(trimmed, sign, end);
        }
        if (end == sign) {
            return null;
        }
        String digits = trimmed.substring(sign, end);
        boolean octal = digits.length() > 1 && digits.startsWith("0");
        if (octal && digits.matches(".*[89].*")) {
            return null;
        }
        double value = octal ? Long.parseLong(digits, 8) : Double.parseDouble(digits);
        return of(trimmed, value, end);
    }

    private static @Nullable NumberText hexadecimal(String text, int sign) {
        int end = sign + 2;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        int length = end - sign - 2;
        return length == 0 || length > 15 ? null : of(text, (double) Long.parseLong(text, sign + 2, end, 16), end);
    }

    /** Digits on either side of the point, and an exponent if one is complete. */
    private static @Nullable NumberText decimal(String text, int sign, int pointAt) {
        int end = text.charAt(pointAt) == '.' ? digitsEnd(text, pointAt + 1) : pointAt;
        if (end == sign + 1 && text.charAt(sign) == '.') {
            return null;
        }
        if (end < text.length() && "eE".indexOf(text.charAt(end)) >= 0) {
            int exponent = end + 1;
            if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
                exponent++;
            }
            int exponentEnd = digitsEnd(text, exponent);
            end = exponentEnd > exponent ? exponentEnd : end;
        }
        return end == sign ? null : of(text, Double.parseDouble(text.substring(sign, end)), end);
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static NumberText of(String text, double size, int end) {
        return new NumberText(
                text.startsWith("-") ? -size : size, text.substring(end).strip());
    }
}
