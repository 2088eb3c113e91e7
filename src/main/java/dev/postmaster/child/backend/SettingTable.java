package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.SessionSetting.Rule.BOOLEAN;
import static dev.postmaster.child.backend.SessionSetting.Rule.DATE_STYLE;
import static dev.postmaster.child.backend.SessionSetting.Rule.ENCODING;
import static dev.postmaster.child.backend.SessionSetting.Rule.INTEGER;
import static dev.postmaster.child.backend.SessionSetting.Rule.LIST;
import static dev.postmaster.child.backend.SessionSetting.Rule.TEXT;
import static dev.postmaster.child.backend.SessionSetting.fixed;
import static dev.postmaster.child.backend.SessionSetting.setting;
import static dev.postmaster.child.backend.SessionSetting.word;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings that clients and their libraries set, show or wait for on their own: psql, pg_dump, pgbench, JDBC,
 * psycopg, and the layers above them.
 *
 * <p>The version is that of the protocol, catalogs and messages we follow. It begins with a number of PostgreSQL because
 * drivers choose their queries by it, and is marked as ours behind it, as distributions mark theirs.
 */
final class SettingTable {
    static final String APPLICATION_NAME = "application_name";
    static final String SESSION_AUTHORIZATION = "session_authorization";
    static final String CLIENT_MIN_MESSAGES = "client_min_messages";
    static final String DEFAULT_READ_ONLY = "default_transaction_read_only";
    static final String DEFAULT_ISOLATION = "default_transaction_isolation";
    static final String READ_ONLY = "transaction_read_only";
    static final String ISOLATION = "transaction_isolation";

    private static final String READ_COMMITTED = "read committed";
    private static final String[] OTHER_ISOLATIONS = {"read uncommitted", "repeatable read", "serializable"};

    /** Told to the client at the start and whenever they change, in PostgreSQL's order. */
    static final List<SessionSetting> REPORTED = List.of(
            setting(APPLICATION_NAME, "", TEXT),
            setting("client_encoding", "UTF8", ENCODING),
            setting("DateStyle", DateStyle.DEFAULT, DATE_STYLE),
            setting(DEFAULT_READ_ONLY, "off", BOOLEAN),
            fixed("in_hot_standby", "off"),
            fixed("integer_datetimes", "on"),
            word("IntervalStyle", "postgres"),
            fixed("is_superuser", "on"),
            fixed("server_encoding", "UTF8"),
            fixed("server_version", "15.0 (Postmaster)"),
            fixed(SESSION_AUTHORIZATION, ""),
            word("standard_conforming_strings", "on"),
            setting("TimeZone", "UTC", TEXT));

    static final List<SessionSetting> OTHERS = List.of(
            word("bytea_output", "hex"),
            setting("check_function_bodies", "on", BOOLEAN),
            word(
                    CLIENT_MIN_MESSAGES,
                    "notice",
                    "debug5",
                    "debug4",
                    "debug3",
                    "debug2",
                    "debug1",
                    "debug",
                    "log",
                    "warning",
                    "error"),
            word("default_table_access_method", "heap"),
            word("default_tablespace", ""),
            setting("default_transaction_deferrable", "off", BOOLEAN),
            word(DEFAULT_ISOLATION, READ_COMMITTED, OTHER_ISOLATIONS),
            setting("escape_string_warning", "on", BOOLEAN),
            setting("extra_float_digits", "1", INTEGER),
            word("idle_in_transaction_session_timeout", "0"),
            setting("lc_messages", "C", TEXT),
            setting("lc_monetary", "C", TEXT),
            setting("lc_numeric", "C", TEXT),
            setting("lc_time", "C", TEXT),
            fixed("max_identifier_length", "63"),
            setting("quote_all_identifiers", "off", BOOLEAN),
            setting("row_security", "on", BOOLEAN),
            setting("search_path", "\"$user\", public", LIST),
            fixed("server_version_num", "150000"),
            setting("synchronize_seqscans", "on", BOOLEAN),
            setting("transaction_deferrable", "off", BOOLEAN),
            word(ISOLATION, READ_COMMITTED, OTHER_ISOLATIONS),
            setting(READ_ONLY, "off", BOOLEAN),
            word("xmloption", "content", "document"));

    private static final Map<String, SessionSetting> BY_KEY = Stream.concat(REPORTED.stream(), OTHERS.stream())
            .collect(Collectors.toUnmodifiableMap(SessionSetting::key, Function.identity()));

    private SettingTable() {}

    /** The setting whose name is {@code key} in lower case, or null. */
    static @Nullable SessionSetting find(String key) {
        return BY_KEY.get(key);
    }

    /** Whether a setting takes a list of values. */
    static boolean isList(String name) {
        SessionSetting setting = find(name.toLowerCase(Locale.ROOT));
        return setting != null && (setting.rule() == LIST || setting.rule() == DATE_STYLE);
    }
}
