package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;

/** What became of a reload of the configuration (SG-32). */
public sealed interface Reload {
    /**
     * The file was in order.
     *
     * @param settings in force from now on
     * @param reports what changed, and what would if the server were restarted; for the postmaster's log
     */
    record Applied(Settings settings, List<Report> reports) implements Reload {}

    /** The old settings stay in force. */
    record Rejected(Report report) implements Reload {}

    /** Takes over what may change now, and says what may not. */
    static Applied of(Settings current, Settings wanted) {
        Settings settings = current;
        List<Report> reports = new ArrayList<>();
        for (Setting<?> setting : Guc.all()) {
            String text = setting.show(wanted);
            if (text.equals(setting.show(current))) {
                continue;
            }
            if (setting.context() == SettingContext.POSTMASTER) {
                reports.add(Report.of(
                        Severity.LOG,
                        SqlState.CANT_CHANGE_RUNTIME_PARAM,
                        "parameter \"" + setting.name() + "\" cannot be changed without restarting the server"));
            } else {
                settings = settings.with(setting, text);
                reports.add(
                        Report.of(Severity.LOG, "parameter \"" + setting.name() + "\" changed to \"" + text + "\""));
            }
        }
        return new Applied(settings, List.copyOf(reports));
    }
}
