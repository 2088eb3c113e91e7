package dev.postmaster.server;

import dev.postmaster.auth.hba.HbaFile;
import dev.postmaster.auth.hba.IdentMap;
import dev.postmaster.config.ClusterKind;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.file.Path;

/**
 * Looks whether {@code pg_hba.conf} and {@code pg_ident.conf} can be read, so that whoever changed them hears of a mistake
 * at once. The backends read them themselves (CL-32).
 */
final class AccessRules {
    private final Path directory;
    private final Log log;

    AccessRules(Path directory, Log log) {
        this.directory = directory;
        this.log = log;
    }

    /** Programs of others see to it themselves who their clients are. */
    private static boolean areAsked(Settings settings) {
        return settings.get(Guc.CLUSTER) != ClusterKind.NONE
                && settings.get(Guc.BACKEND_COMMAND).isEmpty();
    }

    /** At the start (PM-1, step 18): without rules nobody could come in, without maps some can. */
    void load(Settings settings) {
        if (!areAsked(settings)) {
            return;
        }
        if (!hbaIsSound(settings)) {
            throw new ReportException(Report.of(
                    Severity.FATAL,
                    SqlState.CONFIG_FILE_ERROR,
                    "could not load " + hbaFile(settings).getFileName()));
        }
        identIsSound(settings);
    }

    /** After SIGHUP (SG-32). */
    void reload(Settings settings) {
        if (!areAsked(settings)) {
            return;
        }
        if (!hbaIsSound(settings)) {
            log.log(hbaFile(settings).getFileName() + " was not reloaded");
        }
        if (!identIsSound(settings)) {
            log.log(identFile(settings).getFileName() + " was not reloaded");
        }
    }

    private boolean hbaIsSound(Settings settings) {
        HbaFile file = HbaFile.read(hbaFile(settings));
        file.problems().forEach(log::report);
        return file.isSound();
    }

    private boolean identIsSound(Settings settings) {
        IdentMap map = IdentMap.read(identFile(settings));
        map.problems().forEach(log::report);
        return map.problems().isEmpty();
    }

    private Path hbaFile(Settings settings) {
        return directory.resolve(settings.get(Guc.HBA_FILE));
    }

    private Path identFile(Settings settings) {
        return directory.resolve(settings.get(Guc.IDENT_FILE));
    }
}
