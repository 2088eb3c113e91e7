package dev.postmaster.child;

/** A reason to exit with status 1 that is written to standard error as it stands, because there is no log yet. */
final class StandardErrorExit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    /** @param text complete, with its line end */
    StandardErrorExit(String text) {
        super(text);
        this.text = text;
    }

    String text() {
        return text;
    }
}
