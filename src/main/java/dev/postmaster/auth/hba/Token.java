package dev.postmaster.auth.hba;

/**
 * One word of a line.
 *
 * @param quoted it began with a quotation mark, and so means nothing but itself
 */
record Token(String text, boolean quoted) {
    boolean isKeyword(String keyword) {
        return !quoted && text.equals(keyword);
    }

    /** Whether it is a word that begins with {@code sign}, and says something by that. */
    boolean isMarked(char sign) {
        return !quoted && text.length() > 1 && text.charAt(0) == sign;
    }

    String unmarked() {
        return text.substring(1);
    }
}
