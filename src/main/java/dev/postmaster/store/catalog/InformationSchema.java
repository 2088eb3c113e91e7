package dev.postmaster.store.catalog;

import org.jspecify.annotations.Nullable;

/** The tables of information_schema that tools read. */
final class InformationSchema {
    private InformationSchema() {}

    static @Nullable String query(String name) {
        return switch (name) {
            case "information_schema_schemata" -> """
                SELECT current_database() AS catalog_name, nspname AS schema_name, current_user() AS schema_owner
                FROM pg_namespace""";
            case "information_schema_tables" -> """
                SELECT current_database() AS table_catalog, 'public' AS table_schema, relname AS table_name,
                  CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type,
                  CASE relkind WHEN 'v' THEN 'NO' ELSE 'YES' END AS is_insertable_into, 'NO' AS is_typed
                FROM pg_class WHERE relkind IN ('r', 'v')""";
            case "information_schema_views" -> """
                SELECT current_database() AS table_catalog, 'public' AS table_schema, viewname AS table_name,
                  definition AS view_definition, 'NONE' AS check_option, 'NO' AS is_updatable
                FROM pg_views""";
            case "information_schema_columns" -> COLUMNS;
            case "information_schema_table_constraints" -> """
                SELECT current_database() AS constraint_catalog, 'public' AS constraint_schema, conname AS constraint_name,
                  current_database() AS table_catalog, 'public' AS table_schema, relname AS table_name,
                  CASE contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'f' THEN 'FOREIGN KEY'
                    ELSE 'CHECK' END AS constraint_type, 'NO' AS is_deferrable, 'NO' AS initially_deferred
                FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid""";
            case "information_schema_key_column_usage" -> """
                SELECT current_database() AS constraint_catalog, 'public' AS constraint_schema, conname AS constraint_name,
                  current_database() AS table_catalog, 'public' AS table_schema, relname AS table_name,
                  attname AS column_name, k.key + 1 AS ordinal_position
                FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                  JOIN json_each(pg_array_json(conkey)) k
                  JOIN pg_attribute ON attrelid = conrelid AND attnum = CAST(k.value AS INTEGER)
                WHERE contype IN ('p', 'u', 'f')""";
            case "information_schema_referential_constraints" -> """
                SELECT current_database() AS constraint_catalog, 'public' AS constraint_schema, name AS constraint_name,
                  current_database() AS unique_constraint_catalog, 'public' AS unique_constraint_schema,
                  target || '_pkey' AS unique_constraint_name, 'NONE' AS match_option, on_update AS update_rule,
                  on_delete AS delete_rule
                FROM _pg_foreign_key""";
            default -> null;
        };
    }

    private static final String COLUMNS = """
            SELECT current_database() AS table_catalog, 'public' AS table_schema, relname AS table_name,
              attname AS column_name, attnum AS ordinal_position, _default AS column_default,
              CASE WHEN attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable,
              format_type(atttypid, NULL) AS data_type,
              CASE WHEN atttypid IN (1042, 1043) AND atttypmod > 0 THEN atttypmod - 4 END AS character_maximum_length,
              CASE WHEN atttypid = 1700 AND atttypmod > 0 THEN (atttypmod - 4) >> 16
                ELSE CASE atttypid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 701 THEN 53 WHEN 700 THEN 24 END
                END AS numeric_precision,
              CASE WHEN atttypid = 1700 AND atttypmod > 0 THEN (atttypmod - 4) & 65535
                ELSE CASE WHEN atttypid IN (20, 21, 23) THEN 0 END END AS numeric_scale,
              CASE WHEN atttypid IN (1083, 1114, 1184) THEN 6 END AS datetime_precision,
              current_database() AS udt_catalog, 'pg_catalog' AS udt_schema, typname AS udt_name,
              CASE attidentity WHEN '' THEN 'NO' ELSE 'YES' END AS is_identity,
              CASE attidentity WHEN 'd' THEN 'BY DEFAULT' END AS identity_generation,
              CASE attgenerated WHEN '' THEN 'NEVER' ELSE 'ALWAYS' END AS is_generated, 'YES' AS is_updatable
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid AND relkind IN ('r', 'v')
              JOIN pg_type ON pg_type.oid = atttypid""";
}
