package dev.postmaster.wire;

/**
 * A protocol version as it stands in a startup packet: {@code major << 16 | minor}, both unsigned 16 bit.
 *
 * @param major 3 for every protocol we speak
 * @param minor 0 to 2 are known here
 */
public record ProtocolVersion(int major, int minor) {
    /** The newest version we speak; its news is the 32 byte cancel key (LN-11). */
    public static final ProtocolVersion NEWEST = new ProtocolVersion(3, 2);

    static ProtocolVersion of(int code) {
        return new ProtocolVersion(code >>> 16, code & 0xffff);
    }

    int code() {
        return major << 16 | minor;
    }

    /** Whether the client asks for something newer than we speak, which it must be told (CL-19). */
    public boolean isTooNew() {
        return minor > NEWEST.minor;
    }

    /** The version both sides will speak: the smaller of what the client asked for and what we know. */
    public ProtocolVersion spoken() {
        return isTooNew() ? NEWEST : this;
    }

    /** Whether the version can carry cancel keys of other than four bytes. */
    boolean hasLongCancelKeys() {
        return minor >= 2;
    }
}
