package dev.postmaster.store.sql;

import dev.postmaster.store.type.PgType;
import org.jspecify.annotations.Nullable;

/** The types functions answer with, as far as they do not hang on their arguments. */
final class FunctionTypes {
    private FunctionTypes() {}

    static @Nullable PgType of(String function) {
        return switch (function) {
            case "count",
                    "row_number",
                    "rank",
                    "dense_rank",
                    "ntile",
                    "changes",
                    "last_insert_rowid",
                    "total_changes" -> PgType.INT8;
            case "pg_database_size", "pg_total_relation_size", "pg_relation_size", "pg_table_size" -> PgType.INT8;
            case "length",
                    "char_length",
                    "character_length",
                    "octet_length",
                    "bit_length",
                    "strpos",
                    "position",
                    "instr",
                    "ascii",
                    "unicode",
                    "pg_backend_pid",
                    "json_array_length",
                    "jsonb_array_length" -> PgType.INT4;
            case "random",
                    "sqrt",
                    "exp",
                    "ln",
                    "pi",
                    "date_part",
                    "percent_rank",
                    "cume_dist",
                    "sin",
                    "cos",
                    "tan",
                    "degrees",
                    "radians" -> PgType.FLOAT8;
            case "extract" -> PgType.NUMERIC;
            case "now",
                    "transaction_timestamp",
                    "statement_timestamp",
                    "clock_timestamp",
                    "current_timestamp",
                    "to_timestamp",
                    "pg_postmaster_start_time" -> PgType.TIMESTAMPTZ;
            case "localtimestamp" -> PgType.TIMESTAMP;
            case "current_date" -> PgType.DATE;
            case "current_time" -> PgType.TIMETZ;
            case "localtime" -> PgType.TIME;
            case "bool_and",
                    "bool_or",
                    "every",
                    "exists",
                    "starts_with",
                    "pg_is_in_recovery",
                    "pg_table_is_visible",
                    "pg_function_is_visible",
                    "pg_type_is_visible",
                    "has_table_privilege",
                    "has_schema_privilege",
                    "has_database_privilege",
                    "pg_has_role",
                    "pg_rotate_logfile",
                    "pg_cancel_backend",
                    "pg_terminate_backend" -> PgType.BOOL;
            case "gen_random_uuid" -> PgType.UUID;
            case "pg_sleep" -> PgType.VOID;
            case "current_user",
                    "session_user",
                    "current_role",
                    "user",
                    "current_database",
                    "current_catalog",
                    "current_schema",
                    "pg_get_userbyid" -> PgType.NAME;
            case "version",
                    "upper",
                    "lower",
                    "initcap",
                    "substr",
                    "substring",
                    "trim",
                    "btrim",
                    "ltrim",
                    "rtrim",
                    "replace",
                    "concat",
                    "concat_ws",
                    "md5",
                    "to_char",
                    "lpad",
                    "rpad",
                    "repeat",
                    "reverse",
                    "split_part",
                    "left",
                    "right",
                    "translate",
                    "quote_ident",
                    "quote_literal",
                    "format",
                    "hex",
                    "typeof",
                    "string_agg",
                    "group_concat",
                    "chr",
                    "format_type",
                    "pg_get_expr",
                    "obj_description",
                    "col_description",
                    "current_setting",
                    "set_config",
                    "pg_size_pretty",
                    "regexp_replace",
                    "strftime",
                    "datetime",
                    "pg_encoding_to_char",
                    "encode",
                    "json_extract",
                    "json_type",
                    "sqlite_version" -> PgType.TEXT;
            case "json_object",
                    "json_array",
                    "json_build_object",
                    "json_build_array",
                    "json_agg",
                    "to_json",
                    "json_group_array",
                    "json_group_object",
                    "json_object_agg",
                    "row_to_json" -> PgType.JSON;
            case "jsonb_build_object", "jsonb_build_array", "jsonb_agg", "to_jsonb", "jsonb_object_agg" -> PgType.JSONB;
            case "decode" -> PgType.BYTEA;
            default -> null;
        };
    }
}
