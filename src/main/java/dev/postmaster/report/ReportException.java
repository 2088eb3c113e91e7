package dev.postmaster.report;

/** Carries a {@link Report} of ERROR or worse to whoever answers for it: a client, or the log and an exit status. */
public final class ReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Report report;

    public ReportException(Report report) {
        super(report.message());
        this.report = report;
    }

    public ReportException(Report report, Throwable cause) {
        super(report.message(), cause);
        this.report = report;
    }

    public Report report() {
        return report;
    }
}
