package dev.postmaster.child.backend;

import dev.postmaster.config.Guc;
import dev.postmaster.config.LogStatement;
import dev.postmaster.config.Settings;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What {@code log_statement}, {@code log_duration} and {@code log_min_duration_statement} want to know
 * (check_log_statement, check_log_duration): a statement before it runs, and how long it or a step before it took. Used
 * by the session's thread.
 */
final class StatementLog {
    private final Log log;
    private final InstantSource clock;
    private final SessionSettings settings;
    private Instant began = Instant.EPOCH;

    /** Whether what runs is in the log already. */
    private boolean told;

    StatementLog(Surroundings around, SessionSettings settings) {
        this.log = around.log();
        this.clock = around.clock();
        this.settings = settings;
    }

    void begin(Loggable work) {
        began = clock.instant();
        told = wants(work);
        if (told) {
            say(work.title(), work.detail());
        }
    }

    /** A Parse or a Bind: its time may be told, but it is no statement of its own. */
    void beginStep() {
        began = clock.instant();
        told = false;
    }

    private boolean wants(Loggable work) {
        LogStatement level = server().get(Guc.LOG_STATEMENT);
        if (level != LogStatement.NONE) {
            for (String statement : work.statements()) {
                if (StatementWords.levelOf(statement).compareTo(level) <= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** It has run to its end. */
    void end(Loggable work) {
        Duration limit = server().get(Guc.LOG_MIN_DURATION_STATEMENT);
        Duration taken = Duration.between(began, clock.instant());
        boolean isLong = !limit.isNegative() && taken.compareTo(limit) >= 0;
        if (isLong || server().get(Guc.LOG_DURATION)) {
            boolean whole = isLong && !told;
            String duration = "duration: " + millis(taken) + " ms";
            say(whole ? duration + "  " + work.title() : duration, whole ? work.detail() : "");
        }
    }

    private Settings server() {
        return settings.current().server();
    }

    private void say(String message, String detail) {
        Report report = Report.of(Severity.LOG, message);
        log.report(detail.isEmpty() ? report : report.withDetail(detail));
    }

    private static String millis(Duration time) {
        long micros = time.toNanos() / 1000;
        String digits = Long.toString(1000 + micros % 1000);
        return micros / 1000 + "." + digits.substring(1);
    }
}
