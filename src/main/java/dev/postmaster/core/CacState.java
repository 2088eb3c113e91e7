package dev.postmaster.core;

import org.jspecify.annotations.Nullable;

/** Whether a client may have a session, and what it is told if not (canAcceptConnections; PM-53, PM-54). */
public enum CacState {
    OK("", "00000", null),
    STARTUP("the database system is starting up", "57P03", null),
    NOT_CONSISTENT(
            "the database system is not yet accepting connections",
            "57P03",
            "Consistent recovery state has not been yet reached."),
    NOT_HOT_STANDBY("the database system is not accepting connections", "57P03", "Hot standby mode is disabled."),
    SHUTDOWN("the database system is shutting down", "57P03", null),
    RECOVERY("the database system is in recovery mode", "57P03", null),
    TOO_MANY("sorry, too many clients already", "53300", null);

    private final String message;
    private final String sqlState;
    private final @Nullable String detail;

    CacState(String message, String sqlState, @Nullable String detail) {
        this.message = message;
        this.sqlState = sqlState;
        this.detail = detail;
    }

    public String message() {
        return message;
    }

    /** Five letters. */
    public String sqlState() {
        return sqlState;
    }

    public @Nullable String detail() {
        return detail;
    }
}
