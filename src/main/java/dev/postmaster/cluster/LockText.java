package dev.postmaster.cluster;

/**
 * The part of a lock file that decides who holds it.
 *
 * @param number line 1 as written: negative for a single-user server; 0 when there is no number
 */
record LockText(int number) {

    /** Reads like {@code atoi}: leading blanks, a sign, digits; whatever follows is ignored. */
    static LockText of(String content) {
        String text = content.stripLeading();
        int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        try {
            return new LockText(Integer.parseInt(text.substring(0, end)));
        } catch (NumberFormatException noNumber) {
            return new LockText(0);
        }
    }

    int pid() {
        return Math.abs(number);
    }

    boolean singleUser() {
        return number < 0;
    }
}
