package dev.postmaster.cluster;

import org.jspecify.annotations.Nullable;

/** What the control file says of the cluster (pg_control.h {@code DBState}); the codes are on disk. */
public enum ClusterState {
    STARTING_UP(0, "starting up"),
    SHUT_DOWN(1, "shut down"),
    SHUT_DOWN_IN_RECOVERY(2, "shut down in recovery"),
    SHUTTING_DOWN(3, "shutting down"),
    IN_CRASH_RECOVERY(4, "in crash recovery"),
    IN_ARCHIVE_RECOVERY(5, "in archive recovery"),
    IN_PRODUCTION(6, "in production");

    private final int code;
    private final String words;

    ClusterState(int code, String words) {
        this.code = code;
        this.words = words;
    }

    int code() {
        return code;
    }

    static @Nullable ClusterState ofCode(int code) {
        for (ClusterState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return null;
    }

    /** PostgreSQL's words, as {@code pg_controldata} prints them. */
    public String words() {
        return words;
    }
}
