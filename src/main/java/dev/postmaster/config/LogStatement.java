package dev.postmaster.config;

/** Which statements are logged before they run ({@code log_statement}); each includes those before it. */
public enum LogStatement {
    NONE,
    /** Those that define data: CREATE, ALTER, DROP. */
    DDL,
    /** Those that modify data. */
    MOD,
    ALL
}
