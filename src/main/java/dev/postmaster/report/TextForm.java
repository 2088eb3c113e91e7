package dev.postmaster.report;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The text form (LOG-20): every part with the prefix, further lines of a part behind a tab. */
final class TextForm implements RecordFormatter {
    private final AtomicLong lines = new AtomicLong();

    @Override
    public String format(Entry entry) {
        LinePrefix prefix = new LinePrefix(entry);
        Report report = entry.report();
        StringBuilder text = new StringBuilder(160);
        boolean verbose = entry.location() != null;
        part(text, prefix, entry.severity(), verbose ? entry.sqlState() + ": " + report.message() : report.message());
        if (report.position() > 0) {
            text.insert(text.length() - 1, " at character " + report.position());
        }
        if (entry.format().verbosity() != Verbosity.TERSE) {
            part(text, prefix, "DETAIL", report.detailForLog());
            part(text, prefix, "HINT", report.hint());
            part(text, prefix, "CONTEXT", report.context());
        }
        part(text, prefix, "LOCATION", verbose ? String.valueOf(entry.location()) : null);
        part(text, prefix, "STATEMENT", entry.statement());
        return text.toString();
    }

    private void part(StringBuilder text, LinePrefix prefix, String label, @Nullable String words) {
        if (words != null) {
            prefix.appendTo(text, lines.incrementAndGet());
            text.append(label).append(":  ").append(words.replace("\n", "\n\t")).append('\n');
        }
    }
}
