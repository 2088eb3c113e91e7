package dev.postmaster.shmem;

/**
 * Who a session is. Texts longer than 64 bytes of UTF-8 are cut at a character.
 *
 * @param remote address and port as text, or empty
 */
public record SessionIdentity(String user, String database, String application, String remote) {
    /** Not yet known, or not a session. */
    public static final SessionIdentity NOBODY = new SessionIdentity("", "", "", "");
}
