package dev.postmaster.cluster;

import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether a directory is a cluster that we may run on (miscinit.c {@code checkDataDir} and {@code ValidatePgVersion}). */
public final class DataDirectory {
    /** The layout that this server reads and writes: the content of {@code PM_VERSION}. */
    public static final int VERSION = 1;

    private static final int DIRECTORY = 0040000;
    private static final int FILE_TYPE = 0170000;
    private static final int FORBIDDEN = 0027;

    private DataDirectory() {}

    /**
     * Checks owner, mode and version (DD-1 to DD-7); the postmaster and every child do it before they touch anything.
     *
     * @param effectiveUid whom the files must belong to; part of the interlock against a second server
     * @throws ReportException FATAL that says what is wrong
     */
    public static FileModes check(ClusterLayout layout, int effectiveUid) {
        FileModes modes = checkDirectory(layout, effectiveUid);
        checkVersion(layout);
        return modes;
    }

    /**
     * Checks owner and mode only: all there is to check where there is no database.
     *
     * @throws ReportException FATAL that says what is wrong
     */
    public static FileModes checkDirectory(ClusterLayout layout, int effectiveUid) {
        Path directory = layout.dataDirectory();
        int mode = attribute(directory, "unix:mode");
        if ((mode & FILE_TYPE) != DIRECTORY) {
            throw new ReportException(
                    prerequisite("specified data directory \"" + directory + "\" is not a directory"));
        }
        if (attribute(directory, "unix:uid") != effectiveUid) {
            throw new ReportException(prerequisite("data directory \"" + directory + "\" has wrong ownership")
                    .withHint("The server must be started by the user that owns the data directory."));
        }
        if ((mode & FORBIDDEN) != 0) {
            throw new ReportException(prerequisite("data directory \"" + directory + "\" has invalid permissions")
                    .withDetail("Permissions should be u=rwx (0700) or u=rwx,g=rx (0750)."));
        }
        return FileModes.of(mode);
    }

    private static int attribute(Path directory, String name) {
        try {
            return (Integer) Files.getAttribute(directory, name);
        } catch (NoSuchFileException missing) {
            throw new ReportException(Report.of(
                    Severity.FATAL, SqlState.UNDEFINED_FILE, "data directory \"" + directory + "\" does not exist"));
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(
                    Severity.FATAL, "could not read permissions of directory \"" + directory + "\"", e));
        }
    }

    private static void checkVersion(ClusterLayout layout) {
        String version = readVersion(layout);
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ReportException(Report.of(
                            Severity.FATAL,
                            SqlState.INVALID_PARAMETER_VALUE,
                            "database files are incompatible with server")
                    .withDetail("The data directory was initialized by Postmaster version " + version
                            + ", which is not compatible with this version " + VERSION + "."));
        }
    }

    private static String readVersion(ClusterLayout layout) {
        Path file = layout.versionFile();
        Report invalid = Report.of(
                Severity.FATAL,
                SqlState.INVALID_PARAMETER_VALUE,
                "\"" + layout.dataDirectory() + "\" is not a valid data directory");
        try {
            String version = Files.readString(file).strip();
            if (version.isEmpty() || !Character.isDigit(version.charAt(0))) {
                throw new ReportException(invalid.withDetail("File \"" + file + "\" does not contain valid data.")
                        .withHint("You might need to initdb."));
            }
            return version;
        } catch (NoSuchFileException missing) {
            throw new ReportException(invalid.withDetail("File \"" + file + "\" is missing."));
        } catch (IOException e) {
            throw new ReportException(FileErrors.report(Severity.FATAL, "could not open file \"" + file + "\"", e));
        }
    }

    private static Report prerequisite(String message) {
        return Report.of(Severity.FATAL, SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, message);
    }
}
