package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

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
        reports.addAll(workerChanges(current, wanted));
        return new Applied(settings.withWorkersOf(wanted), List.copyOf(reports));
    }

    /** Their values are not told: there may be secrets among them. */
    private static List<Report> workerChanges(Settings current, Settings wanted) {
        Map<String, String> before = current.nonDefaults();
        Map<String, String> after = wanted.nonDefaults();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name ->
                        name.startsWith(WorkerParameter.PREFIX) && !Objects.equals(before.get(name), after.get(name)))
                .map(name -> Report.of(Severity.LOG, "parameter \"" + name + "\" changed"))
                .toList();
    }
}
