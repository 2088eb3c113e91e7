package dev.postmaster.ctl;

/** Numbers as C reads them. */
final class Numbers {
    private Numbers() {}

    /** As {@code atol}: the digits at the beginning, 0 if there are none. */
    static long leading(String text) {
        String digits = text.strip();
        int end = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        try {
            return Long.parseLong(digits.substring(0, end));
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }
}
