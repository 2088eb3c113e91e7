package dev.postmaster.store.catalog;

import dev.postmaster.store.type.PgType;
import java.util.EnumSet;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What belongs to the server: schemas, types, databases, roles, settings. */
final class ServerTables {
    private ServerTables() {}

    static @Nullable String query(String name) {
        return switch (name) {
            case "pg_namespace" -> """
                SELECT 11 AS oid, 'pg_catalog' AS nspname, 10 AS nspowner, NULL AS nspacl
                UNION ALL SELECT 2200, 'public', 10, NULL UNION ALL SELECT 13000, 'information_schema', 10, NULL""";
            case "pg_type" -> types();
            case "pg_am" -> """
                SELECT 2 AS oid, 'heap' AS amname, 'heap_tableam_handler' AS amhandler, 't' AS amtype
                UNION ALL SELECT 403, 'btree', 'bthandler', 'i'""";
            case "pg_tablespace" -> """
                SELECT 1663 AS oid, 'pg_default' AS spcname, 10 AS spcowner, NULL AS spcacl, NULL AS spcoptions
                UNION ALL SELECT 1664, 'pg_global', 10, NULL, NULL""";
            case "pg_database" -> DATABASES;
            case "pg_roles" -> roles("pg_roles_json");
            case "pg_authid" -> roles("pg_authid_json");
            case "pg_auth_members" -> MEMBERS;
            case "pg_user" -> users("pg_roles");
            case "pg_shadow" -> users("pg_authid");
            case "pg_group" -> """
                SELECT rolname AS groname, oid AS grosysid, NULL AS grolist FROM pg_roles WHERE NOT rolcanlogin""";
            case "pg_settings" -> SETTINGS;
            case "_pg_action" -> """
                SELECT 'NO ACTION' AS action, 'a' AS letter UNION ALL SELECT 'RESTRICT', 'r'
                UNION ALL SELECT 'CASCADE', 'c' UNION ALL SELECT 'SET NULL', 'n' UNION ALL SELECT 'SET DEFAULT', 'd'""";
            default -> null;
        };
    }

    private static final String DATABASES = """
            SELECT CAST(16384 + key AS INTEGER) AS oid, value ->> 'name' AS datname,
              CAST(value ->> 'owner' AS INTEGER) AS datdba, 6 AS encoding,
              'c' AS datlocprovider, 0 AS datistemplate, CAST(value ->> 'allow' AS INTEGER) AS datallowconn,
              CAST(value ->> 'limit' AS INTEGER) AS datconnlimit, 0 AS datfrozenxid,
              1 AS datminmxid, 1663 AS dattablespace, 'C.UTF-8' AS datcollate, 'C.UTF-8' AS datctype,
              NULL AS daticulocale, NULL AS datcollversion, value ->> 'acl' AS datacl
            FROM json_each(pg_database_json())""";

    /** Everybody sees the roles; only {@code pg_authid} has their verifiers, and is for superusers. */
    private static String roles(String function) {
        return """
            SELECT CAST(value ->> 'oid' AS INTEGER) AS oid, value ->> 'name' AS rolname,
              CAST(value ->> 'superuser' AS INTEGER) AS rolsuper, CAST(value ->> 'inherit' AS INTEGER) AS rolinherit,
              CAST(value ->> 'createrole' AS INTEGER) AS rolcreaterole,
              CAST(value ->> 'createdb' AS INTEGER) AS rolcreatedb, CAST(value ->> 'login' AS INTEGER) AS rolcanlogin,
              CAST(value ->> 'replication' AS INTEGER) AS rolreplication,
              CAST(value ->> 'limit' AS INTEGER) AS rolconnlimit, %s AS rolpassword, value ->> 'until' AS rolvaliduntil,
              CAST(value ->> 'bypassrls' AS INTEGER) AS rolbypassrls, value ->> 'config' AS rolconfig
            FROM json_each(%s())""".formatted(function.equals("pg_roles_json") ? "'********'" : "value ->> 'verifier'", function);
    }

    private static final String MEMBERS = """
            SELECT CAST(value ->> 'group' AS INTEGER) AS roleid, CAST(value ->> 'member' AS INTEGER) AS member,
              CAST(value ->> 'grantor' AS INTEGER) AS grantor, CAST(value ->> 'admin' AS INTEGER) AS admin_option
            FROM json_each(pg_auth_members_json())""";

    private static String users(String roles) {
        return """
                SELECT rolname AS usename, oid AS usesysid, rolcreatedb AS usecreatedb, rolsuper AS usesuper,
                  rolreplication AS userepl, rolbypassrls AS usebypassrls, rolpassword AS passwd,
                  rolvaliduntil AS valuntil, rolconfig AS useconfig
                FROM %s WHERE rolcanlogin""".formatted(roles);
    }

    private static final String SETTINGS = """
            SELECT key AS name, value AS setting, NULL AS unit, '' AS category, '' AS short_desc, NULL AS extra_desc,
              'user' AS context, 'string' AS vartype, 'default' AS source, NULL AS min_val, NULL AS max_val,
              NULL AS enumvals, value AS boot_val, value AS reset_val, NULL AS sourcefile, NULL AS sourceline,
              0 AS pending_restart
            FROM (SELECT key, value FROM json_each(pg_settings_json())
              UNION ALL SELECT 'max_index_keys', '32' UNION ALL SELECT 'max_identifier_length', '63')""";

    private static String types() {
        StringJoiner rows = new StringJoiner(", ");
        for (PgType type : EnumSet.allOf(PgType.class)) {
            rows.add("(" + type.oid() + ", '" + type.typname() + "', " + type.size() + ", '" + type.category() + "', '"
                    + (type == PgType.VOID || type == PgType.UNKNOWN ? 'p' : 'b') + "')");
        }
        return """
            SELECT CAST(column1 AS INTEGER) AS oid, column2 AS typname, 11 AS typnamespace, 10 AS typowner,
              column3 AS typlen, column3 BETWEEN 1 AND 8 AS typbyval, column5 AS typtype, column4 AS typcategory,
              column2 IN ('bool', 'text', 'oid', 'float8', 'timestamptz') AS typispreferred, 1 AS typisdefined,
              ',' AS typdelim, 0 AS typrelid, '-' AS typsubscript, 0 AS typelem, 0 AS typarray,
              column2 || 'in' AS typinput, column2 || 'out' AS typoutput, column2 || 'recv' AS typreceive,
              column2 || 'send' AS typsend, '-' AS typmodin, '-' AS typmodout, '-' AS typanalyze, 'i' AS typalign,
              CASE WHEN column3 < 0 THEN 'x' ELSE 'p' END AS typstorage, 0 AS typnotnull, 0 AS typbasetype,
              -1 AS typtypmod, 0 AS typndims, 0 AS typcollation, NULL AS typdefaultbin, NULL AS typdefault,
              NULL AS typacl
            FROM (VALUES %s)""".replace("%s", rows.toString());
    }
}
