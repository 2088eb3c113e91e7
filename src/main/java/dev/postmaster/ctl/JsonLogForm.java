package dev.postmaster.ctl;

import java.util.Optional;

/** The JSON form (LOG-24): a flat object a line. */
final class JsonLogForm implements LogForm {
    @Override
    public Optional<LogRecord> read(String line) {
        return StructuredRecord.of(FlatJson.read(line)).or(() -> Optional.of(LogRecord.unknown(line)));
    }
}
