package dev.postmaster.os;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Where a Unix socket listens.
 *
 * @param path a file, or {@code @name} in the abstract name space, where group and permissions mean nothing
 * @param permissions access bits, such as 0777
 * @param group the group the file shall belong to; empty leaves the process's own
 */
public record UnixEndpoint(String path, int permissions, OptionalInt group) {
    /** The longest path {@code sun_path} has room for, in bytes. */
    public static final int MAX_PATH_BYTES = 107;

    public UnixEndpoint {
        if (path.isEmpty() || path.indexOf('\0') >= 0 || isTooLong(path)) {
            throw new IllegalArgumentException("not the path of a socket: " + path);
        }
    }

    /** Whether the path has no room in an address; its length counts in bytes, not characters. */
    public static boolean isTooLong(String path) {
        return path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES;
    }

    public boolean isAbstract() {
        return path.startsWith("@");
    }
}
