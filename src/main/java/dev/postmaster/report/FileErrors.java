package dev.postmaster.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a file: the words of {@code strerror} (the {@code %m} of PostgreSQL's messages) and the SQLSTATE
 * of {@code errcode_for_file_access} (C-4), from an {@link IOException} or from an errno.
 */
public enum FileErrors {
    EPERM(1, "Operation not permitted", SqlState.INSUFFICIENT_PRIVILEGE),
    ENOENT(2, "No such file or directory", SqlState.UNDEFINED_FILE),
    EIO(5, "Input/output error", SqlState.IO_ERROR),
    ENOMEM(12, "Cannot allocate memory", SqlState.OUT_OF_MEMORY),
    EACCES(13, "Permission denied", SqlState.INSUFFICIENT_PRIVILEGE),
    EEXIST(17, "File exists", SqlState.DUPLICATE_FILE),
    ENOTDIR(20, "Not a directory", SqlState.WRONG_OBJECT_TYPE),
    EISDIR(21, "Is a directory", SqlState.WRONG_OBJECT_TYPE),
    ENFILE(23, "Too many open files in system", SqlState.INSUFFICIENT_RESOURCES),
    EMFILE(24, "Too many open files", SqlState.INSUFFICIENT_RESOURCES),
    ENOSPC(28, "No space left on device", SqlState.DISK_FULL),
    EROFS(30, "Read-only file system", SqlState.INSUFFICIENT_PRIVILEGE),
    ENOTEMPTY(39, "Directory not empty", SqlState.WRONG_OBJECT_TYPE);

    private final int errno;
    private final String words;
    private final SqlState sqlState;

    FileErrors(int errno, String words, SqlState sqlState) {
        this.errno = errno;
        this.words = words;
        this.sqlState = sqlState;
    }

    /** The SQLSTATE of a failed file operation that left this errno. */
    public static SqlState sqlState(int errno) {
        for (FileErrors error : values()) {
            if (error.errno == errno) {
                return error.sqlState;
            }
        }
        return SqlState.INTERNAL_ERROR;
    }

    /** The SQLSTATE of a failed file operation. */
    public static SqlState sqlState(IOException failure) {
        String said = words(failure);
        for (FileErrors error : values()) {
            if (error.words.equals(said)) {
                return error.sqlState;
            }
        }
        return SqlState.INTERNAL_ERROR;
    }

    /** What {@code strerror} says; the JDK keeps it, but hides it in the class of the exception for the common ones. */
    public static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> ENOENT.words;
            case AccessDeniedException e -> EACCES.words;
            case FileAlreadyExistsException e -> EEXIST.words;
            case NotDirectoryException e -> ENOTDIR.words;
            case DirectoryNotEmptyException e -> ENOTEMPTY.words;
            case FileSystemException e -> otherwise(e.getReason(), e);
            default -> otherwise(failure.getMessage(), failure);
        };
    }

    private static String otherwise(@Nullable String reason, IOException failure) {
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    /** A report of a failed file operation; {@code message} gets the words of the failure after a colon. */
    public static Report report(Severity severity, String message, IOException failure) {
        return Report.of(severity, sqlState(failure), message + ": " + words(failure));
    }
}
