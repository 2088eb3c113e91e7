package dev.postmaster.wire;

import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import org.jspecify.annotations.Nullable;

/** The fields of an ErrorResponse or NoticeResponse (CL-22). We have no source file, line and routine to tell. */
final class ReportFields {
    private ReportFields() {}

    static void write(Report report, WireBuffer out) {
        String severity = nameForClients(report.severity());
        field(out, 'S', severity);
        field(out, 'V', severity);
        field(out, 'C', report.sqlState().code());
        field(out, 'M', report.message());
        field(out, 'D', report.detail());
        field(out, 'H', report.hint());
        if (report.position() > 0) {
            field(out, 'P', Integer.toString(report.position()));
        }
        field(out, 'W', report.context());
        out.int8(0);
    }

    private static void field(WireBuffer out, char code, @Nullable String value) {
        if (value != null) {
            out.int8(code);
            out.string(value);
        }
    }

    /** Clients know one level of DEBUG. */
    private static String nameForClients(Severity severity) {
        return switch (severity) {
            case DEBUG5, DEBUG4, DEBUG3, DEBUG2, DEBUG1 -> "DEBUG";
            case LOG, INFO, NOTICE, WARNING, ERROR, FATAL, PANIC -> severity.name();
        };
    }
}
