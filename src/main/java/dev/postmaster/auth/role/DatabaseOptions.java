package dev.postmaster.auth.role;

import org.jspecify.annotations.Nullable;

/** What CREATE DATABASE and ALTER DATABASE say of who may use it; null for what they do not say. */
public record DatabaseOptions(
        @Nullable RoleSpec owner,
        @Nullable Integer connectionLimit,
        @Nullable Boolean allowConnections) {
    /** Nothing is said. */
    public static final DatabaseOptions NONE = new DatabaseOptions(null, null, null);
}
