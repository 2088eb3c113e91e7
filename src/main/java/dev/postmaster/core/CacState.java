package dev.postmaster.core;

import org.jspecify.annotations.Nullable;

/** Whether a client may have a session, and what it is told if not (canAcceptConnections; PM-53, PM-54). */
public enum CacState {
    OK("", null),
    STARTUP("the database system is starting up", null),
    NOT_CONSISTENT(
            "the database system is not yet accepting connections",
            "Consistent recovery state has not been yet reached."),
    NOT_HOT_STANDBY("the database system is not accepting connections", "Hot standby mode is disabled."),
    SHUTDOWN("the database system is shutting down", null),
    RECOVERY("the database system is in recovery mode", null),
    TOO_MANY("sorry, too many clients already", null);

    private final String message;
    private final @Nullable String detail;

    CacState(String message, @Nullable String detail) {
        this.message = message;
        this.detail = detail;
    }

    public String message() {
        return message;
    }

    public @Nullable String detail() {
        return detail;
    }
}
