package dev.postmaster.launch;

import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.os.Fd;
import dev.postmaster.os.SpawnPlan;
import java.util.Map;

/**
 * What a syslogger inherits beyond the rest (LOG-1 to LOG-3). All of it stays open and owned by the caller.
 *
 * @param pipe read end of the log pipe
 * @param files the log files that could be opened
 * @param sink write end of the pipe that leads back to the postmaster
 * @param standard its standard output and error: those of the postmaster, or {@code /dev/null} once those are the log
 *     pipe, which a syslogger that held its own pipe open would never see end (LOG-6)
 */
public record LogDescriptors(Fd pipe, Map<RecordForm, Fd> files, Fd sink, Fd standard) {

    SysLoggerStartup startup() {
        return new SysLoggerStartup(
                number(RecordForm.TEXT), number(RecordForm.CSV), number(RecordForm.JSON), ChildDescriptors.LOG_SINK);
    }

    SpawnPlan addTo(SpawnPlan plan) {
        SpawnPlan all = plan.inherit(pipe, ChildDescriptors.LOG_PIPE)
                .inherit(standard, 1)
                .inherit(standard, 2)
                .inherit(sink, ChildDescriptors.LOG_SINK);
        for (Map.Entry<RecordForm, Fd> file : files.entrySet()) {
            all = all.inherit(file.getValue(), number(file.getKey()));
        }
        return all;
    }

    private int number(RecordForm form) {
        return files.containsKey(form) ? ChildDescriptors.logFile(form) : SysLoggerStartup.NOT_OPEN;
    }
}
