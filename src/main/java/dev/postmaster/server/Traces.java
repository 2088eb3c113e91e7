package dev.postmaster.server;

import dev.postmaster.cluster.ClusterLayout;
import dev.postmaster.cluster.ExternalPidFile;
import dev.postmaster.cluster.FileModes;
import dev.postmaster.cluster.OptionsFile;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of a postmaster's that its successor must not take for its own, and those it leaves for others to read. */
final class Traces {
    private final ClusterLayout layout;
    private final Log log;

    Traces(ClusterLayout layout, Log log) {
        this.layout = layout;
        this.log = log;
    }

    /** Files by which somebody once asked a postmaster for something; they do not ask this one (PM-1, step 13). */
    void removeOldRequests() {
        for (Path file : List.of(layout.promoteRequest(), layout.logrotateRequest(), layout.currentLogFiles())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.report(FileErrors.report(Severity.LOG, "could not remove file \"" + file.getFileName() + "\"", e));
            }
        }
    }

    /** A convenience of the operator's: what is wrong with it stops nothing (DD-20). Empty if none is wanted. */
    Optional<ExternalPidFile> writeExternalPidFile(String file, int pid) {
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(ExternalPidFile.write(Path.of(file), pid, System.err::print));
    }

    /** @throws ReportException FATAL if the command line cannot be written down */
    void recordOptions(FileModes modes) {
        List<String> commandLine = ProcessImage.commandLine();
        int program = ProcessImage.programLength(commandLine);
        String words = String.join(" ", commandLine.subList(0, program));
        try {
            OptionsFile.write(layout, words, commandLine.subList(program, commandLine.size()), modes);
        } catch (IOException e) {
            throw new ReportException(
                    FileErrors.report(Severity.FATAL, "could not write file \"" + layout.optionsFile() + "\"", e), e);
        }
    }
}
