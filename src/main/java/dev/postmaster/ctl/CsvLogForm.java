package dev.postmaster.ctl;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The csv form (LOG-23). A text in it may go over several lines, so a record is there when its last quote is; if that was
 * lost, because somebody died or a disk was full, when another record begins.
 */
final class CsvLogForm implements LogForm {
    /** Columns by number, from 1, and the names that jsonlog gives them. */
    private static final Map<Integer, String> COLUMNS = Map.of(
            1, "timestamp",
            4, "pid",
            12, "error_severity",
            14, "message",
            15, "detail",
            16, "hint",
            19, "context",
            20, "statement",
            24, "backend_type");

    /** Time, user, database and pid: what every record begins with, and hardly ever a line of a text. */
    private static final Pattern BEGIN = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} [^,\"]++,"
            + "(?:\"[^\"]*+(?:\"\"[^\"]*+)*+\")?+,(?:\"[^\"]*+(?:\"\"[^\"]*+)*+\")?+,\\d++,");

    private final StringBuilder pending = new StringBuilder();

    /** Whether what is pending ends within quotes. */
    private boolean quoted;

    @Override
    public List<LogRecord> read(String line) {
        var found = new ArrayList<LogRecord>(1);
        if (quoted && BEGIN.matcher(line).lookingAt()) {
            found.add(LogRecord.unknown(pending.toString().stripTrailing()));
            pending.setLength(0);
            quoted = false;
        }
        pending.append(line);
        quoted ^= line.chars().filter(c -> c == '"').count() % 2 != 0;
        if (quoted) {
            pending.append('\n');
        } else {
            found.add(record(pending.toString()));
            pending.setLength(0);
        }
        return found;
    }

    private static LogRecord record(String text) {
        try {
            return CsvReader.builder().ofCsvRecord(text).stream()
                    .findFirst()
                    .flatMap(fields -> StructuredRecord.of(named(fields)))
                    .orElseGet(() -> LogRecord.unknown(text));
        } catch (CsvParseException torn) {
            return LogRecord.unknown(text);
        }
    }

    private static Map<String, String> named(CsvRecord fields) {
        var named = new HashMap<String, String>();
        COLUMNS.forEach((number, name) -> {
            if (number <= fields.getFieldCount() && !fields.getField(number - 1).isEmpty()) {
                named.put(name, fields.getField(number - 1));
            }
        });
        return named;
    }
}
