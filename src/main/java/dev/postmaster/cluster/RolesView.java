package dev.postmaster.cluster;

import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.report.ReportException;
import org.jspecify.annotations.Nullable;

/**
 * The roles as one process sees them: read again only when the file is another one, which one look at its name tells.
 * Used by one thread.
 */
public final class RolesView {
    private final ClusterLayout layout;
    private FileStamp seen = FileStamp.NONE;
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
        FileStamp now = FileStamp.of(layout.rolesFile());
        RoleBook known = book;
        if (known != null && now.equals(seen)) {
            return known;
        }
        // The stamp is older than what is read: a change in between is read again.
        RoleBook read = RolesFile.read(layout);
        book = read;
        seen = now;
        return read;
    }
}
