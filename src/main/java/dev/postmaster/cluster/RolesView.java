package dev.postmaster.cluster;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.ReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The roles as one process sees them: read again only when the file is another one, which one look at its name tells.
 * Used by one thread.
 */
public final class RolesView {
    /** A replaced file is another inode; a number that is used again has another time. */
    private record Stamp(@Nullable Object key, FileTime modified, long size) {}

    private final ClusterLayout layout;
    private @Nullable Stamp seen;
    private @Nullable RoleBook book;

    public RolesView(ClusterLayout layout) {
        this.layout = layout;
    }

    /**
     * The book as it is now.
     *
     * @throws ReportException ERROR if the file is missing, cannot be read or is damaged
     */
    public RoleBook current() {
        Stamp now = stamp();
        RoleBook known = book;
        if (known != null && now != null && now.equals(seen)) {
            return known;
        }
        // The stamp is older than what is read: a change in between is read again.
        RoleBook read = RolesFile.read(layout);
        book = read;
        seen = now;
        return read;
    }

    private @Nullable Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(layout.rolesFile(), BasicFileAttributes.class);
            return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        } catch (IOException e) {
            return null; // what is wrong with it, who reads it will say
        }
    }
}
