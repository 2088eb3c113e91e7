package dev.postmaster.ctl;

import dev.postmaster.report.Severity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form (LOG-20). The pid is found where the prefix has it in brackets, as {@code %m [%p] } has. */
final class TextLogForm implements LogForm {
    private static final Pattern LABEL = Pattern.compile(
            "\\b(DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|(DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT)):  ");

    private static final Pattern PID = Pattern.compile("\\[(\\d{1,9})]");

    private Optional<Integer> pid = Optional.empty();
    private Optional<Severity> level = Optional.empty();

    @Override
    public List<LogRecord> read(String line) {
        if (!line.startsWith("\t")) {
            Matcher label = LABEL.matcher(line);
            if (!label.find()) {
                pid = Optional.empty();
                level = Optional.empty();
            } else if (label.group(2) == null) {
                Matcher number = PID.matcher(line).region(0, label.start());
                pid = number.find() ? Optional.of(Integer.valueOf(number.group(1))) : Optional.empty();
                level = Severity.named(label.group(1));
            }
        }
        return List.of(new LogRecord(Optional.empty(), pid, level, line));
    }
}
