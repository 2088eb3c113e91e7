package dev.postmaster.auth.role;

/** What can be granted on a database, with the letter of PostgreSQL's access lists (acl.h). */
public enum Privilege {
    /** To define tables, indexes and views in it; CREATE on its schema {@code public} is the same. */
    CREATE('C'),
    /** To make temporary tables. Kept and shown, but everybody who may connect may. */
    TEMPORARY('T'),
    CONNECT('c');

    private final char letter;

    Privilege(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
