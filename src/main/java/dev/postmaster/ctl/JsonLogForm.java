package dev.postmaster.ctl;

import java.util.List;

/** The JSON form (LOG-24): a flat object a line. */
final class JsonLogForm implements LogForm {
    @Override
    public List<LogRecord> read(String line) {
        return List.of(StructuredRecord.of(FlatJson.read(line)).orElseGet(() -> LogRecord.unknown(line)));
    }
}
