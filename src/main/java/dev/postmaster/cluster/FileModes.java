package dev.postmaster.cluster;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The modes of everything created in a cluster; the mode of its directory decides which (DD-5). */
public enum FileModes {
    OWNER_ONLY(0077, "rwx------", "rw-------"),
    GROUP_READABLE(0027, "rwxr-x---", "rw-r-----");

    private static final int GROUP_ACCESS = 0050;

    private final int umask;
    private final String directory;
    private final String file;

    FileModes(int umask, String directory, String file) {
        this.umask = umask;
        this.directory = directory;
        this.file = file;
    }

    /** What a data directory of this mode, as in stat(2), asks for. */
    public static FileModes of(int directoryMode) {
        return (directoryMode & GROUP_ACCESS) == GROUP_ACCESS ? GROUP_READABLE : OWNER_ONLY;
    }

    /** For the postmaster and every child, before they create their first file. */
    public int umask() {
        return umask;
    }

    public FileAttribute<Set<PosixFilePermission>> directory() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(directory));
    }

    public FileAttribute<?> file() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(file));
    }
}
