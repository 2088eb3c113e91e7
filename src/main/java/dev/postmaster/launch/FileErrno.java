package dev.postmaster.launch;

import dev.postmaster.os.Errno;
import dev.postmaster.report.FileErrors;
import java.io.IOException;

/** The errno behind a failed file operation; the JDK keeps only its words. */
final class FileErrno {
    private static final Errno[] LIKELY = {
        Errno.EPERM,
        Errno.ENOENT,
        Errno.ENOMEM,
        Errno.EACCES,
        Errno.EEXIST,
        Errno.ENOTDIR,
        Errno.EISDIR,
        Errno.ENFILE,
        Errno.EMFILE,
        Errno.ENOSPC,
        Errno.EROFS
    };

    private FileErrno() {}

    /** {@code EIO} if the words are not those of a likely one. */
    static Errno of(IOException failure) {
        String words = FileErrors.words(failure);
        for (Errno errno : LIKELY) {
            if (errno.message().equals(words)) {
                return errno;
            }
        }
        return Errno.EIO;
    }
}
