package dev.postmaster.config;

import java.util.Locale;

/** When a setting can change (PostgreSQL's {@code GucContext}, without the roles that we do not have). */
public enum SettingContext {
    /** Only at the start of the postmaster. */
    POSTMASTER,
    /** Also by {@code postmaster.conf} and SIGHUP, for the whole system. */
    SIGHUP,
    /** Like SIGHUP, but a running session keeps the value it started with. */
    BACKEND,
    /** Also by {@code SET} within a session. */
    USER;

    /** PostgreSQL's word in {@code pg_settings.context}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
