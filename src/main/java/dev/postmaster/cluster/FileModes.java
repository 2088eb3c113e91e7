package dev.postmaster.cluster;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The modes of everything created in a cluster; the mode of its directory decides which (DD-5). */
public enum FileModes {
    OWNER_ONLY(0077, "rwx------", "rw-------"),
    GROUP_READABLE(0027, "rwxr-x---", "rw-r-----");

    private final int umask;
    private final String directory;
    private final String file;

    FileModes(int umask, String directory, String file) {
        this.umask = umask;
        this.directory = directory;
        this.file = file;
    }

    /** For the postmaster and every child, before they create their first file. */
    public int umask() {
        return umask;
    }

    public FileAttribute<?> directory() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(directory));
    }

    public FileAttribute<?> file() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(file));
    }
}
