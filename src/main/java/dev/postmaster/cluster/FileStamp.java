package dev.postmaster.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By which a file is known again: with the same stamp it is taken for the same. A replaced file is another inode; a number
 * that is used again has another time.
 */
public record FileStamp(@Nullable Object key, @Nullable FileTime modified, long size) {
    /** Of no file. */
    public static final FileStamp NONE = new FileStamp(null, null, 0);

    /** The stamp of what has that name now; {@link #NONE} if nothing has, or it cannot be looked at. */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(found.fileKey(), found.lastModifiedTime(), found.size());
        } catch (IOException e) {
            return NONE; // what is wrong with it, who reads it will say
        }
    }
}
