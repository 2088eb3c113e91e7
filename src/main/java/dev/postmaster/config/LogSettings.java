package dev.postmaster.config;

import dev.postmaster.report.LogFormat;

/** From the settings to what a log needs to know. */
public final class LogSettings {
    private LogSettings() {}

    /** What these settings say about the log. */
    public static LogFormat format(Settings settings) {
        return new LogFormat(
                settings.get(Guc.LOG_MIN_MESSAGES),
                settings.get(Guc.LOG_MIN_ERROR_STATEMENT),
                settings.get(Guc.LOG_ERROR_VERBOSITY),
                settings.get(Guc.LOG_LINE_PREFIX),
                settings.get(Guc.LOG_TIMEZONE),
                LogFormat.formsFor(settings.get(Guc.LOG_DESTINATION)));
    }
}
