package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.fatal;

import dev.postmaster.auth.hba.HbaFile;
import dev.postmaster.auth.hba.HbaRules;
import dev.postmaster.auth.hba.IdentMap;
import dev.postmaster.auth.role.RoleBook;
import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ControlFile;
import dev.postmaster.cluster.FileStamp;
import dev.postmaster.cluster.RolesView;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this process has read of who may come in. A file is read when it is first asked for, and again when it is another
 * one by then: each session begins with the rules and roles of its time. Used by the main thread.
 */
final class AccessFiles {
    private final ClusterLayout layout;
    private final Settings settings;
    private final Log log;
    private final RolesView roles;

    private @Nullable Known<HbaRules> rules;
    private @Nullable Known<IdentMap> identities;

    /** Something read from a file, and what the file was like. */
    private record Known<T>(FileStamp stamp, T content) {}

    AccessFiles(ClusterLayout layout, Settings settings, Log log) {
        this.layout = layout;
        this.settings = settings;
        this.log = log;
        this.roles = new RolesView(layout);
    }

    /** All is read again when it is next asked for, also the files that {@code pg_hba.conf} includes. */
    void readAgain() {
        rules = forgetful(rules);
        identities = forgetful(identities);
    }

    private static <T> @Nullable Known<T> forgetful(@Nullable Known<T> known) {
        return known == null ? null : new Known<>(FileStamp.NONE, known.content());
    }

    /**
     * The rules; those of before if the file has become worse than useless since.
     *
     * @throws ReportException FATAL if there never was a sound one (CL-32)
     */
    HbaRules rules() {
        Path file = layout.dataDirectory().resolve(settings.get(Guc.HBA_FILE));
        FileStamp stamp = FileStamp.of(file);
        Known<HbaRules> known = rules;
        if (known != null && known.stamp().equals(stamp)) {
            return known.content();
        }
        HbaFile read = HbaFile.read(file);
        if (read.isSound()) {
            rules = new Known<>(stamp, read.rules());
            return read.rules();
        }
        tell(read.problems());
        if (known == null) {
            throw new ReportException(fatal(SqlState.CONFIG_FILE_ERROR, "could not load " + file.getFileName()));
        }
        rules = new Known<>(stamp, known.content());
        return known.content();
    }

    /** The maps of {@code pg_ident.conf}; those of before if there is a mistake in it now; without the file there is none. */
    IdentMap identities() {
        Path file = layout.dataDirectory().resolve(settings.get(Guc.IDENT_FILE));
        FileStamp stamp = FileStamp.of(file);
        Known<IdentMap> known = identities;
        if (known != null && known.stamp().equals(stamp)) {
            return known.content();
        }
        IdentMap read = IdentMap.read(file);
        tell(read.problems());
        IdentMap taken = known == null || read.problems().isEmpty() ? read : known.content();
        identities = new Known<>(stamp, taken);
        return taken;
    }

    /** Known to nobody who cannot read the cluster's files. */
    byte[] secret() {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(ControlFile.read(layout).systemIdentifier())
                .array();
    }

    /** @throws ReportException ERROR if the file of the roles cannot be read */
    RoleBook roles() {
        return roles.current();
    }

    private void tell(List<Report> problems) {
        problems.forEach(log::report);
    }
}
