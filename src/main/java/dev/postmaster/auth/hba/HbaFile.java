package dev.postmaster.auth.hba;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pg_hba.conf} as it was read (load_hba).
 *
 * @param rules those that could be read; to be used only if there are no problems
 * @param problems all that is wrong, at LOG, each with its line as context
 */
public record HbaFile(HbaRules rules, List<Report> problems) {

    public HbaFile {
        problems = List.copyOf(problems);
    }

    /** Reads the file and all that it includes. A file without a rule would let nobody in, so it is a mistake. */
    public static HbaFile read(Path file) {
        AuthLines lines = AuthLines.read(file);
        List<Report> problems = new ArrayList<>(lines.problems());
        List<HbaRule> rules = new ArrayList<>();
        for (AuthLines.Line line : lines.lines()) {
            try {
                rules.add(RuleLine.parse(line));
            } catch (ReportException e) {
                problems.add(e.report());
            }
        }
        if (rules.isEmpty() && problems.isEmpty()) {
            problems.add(Report.of(
                    Severity.LOG,
                    SqlState.CONFIG_FILE_ERROR,
                    "configuration file \"" + file + "\" contains no entries"));
        }
        return new HbaFile(new HbaRules(rules), problems);
    }

    /** Whether the rules may be used. */
    public boolean isSound() {
        return problems.isEmpty();
    }
}
