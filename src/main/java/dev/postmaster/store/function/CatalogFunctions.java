package dev.postmaster.store.function;

import dev.postmaster.store.sql.TableChecks;
import dev.postmaster.store.type.DeclaredType;
import dev.postmaster.store.type.PgType;
import org.jspecify.annotations.Nullable;

/** Functions that psql and drivers call in their catalog queries. */
final class CatalogFunctions {
    private CatalogFunctions() {}

    static @Nullable Body find(String name, Surroundings session) {
        return switch (name) {
            case "format_type" -> CatalogFunctions::formatType;
            case "pg_declared_type" ->
                arguments -> (long) declared(arguments).type().oid();
            case "pg_declared_length" ->
                arguments -> (long) declared(arguments).type().size();
            case "pg_declared_modifier" ->
                arguments -> (long) declared(arguments).modifier();
            case "pg_table_checks" -> CatalogFunctions::checks;
            case "pg_settings_json" -> arguments -> Json.object(session.settings());
            case "pg_encoding_to_char" -> arguments -> "UTF8";
            case "current_schemas" -> arguments -> "{pg_catalog,public}";
            case "array_upper", "array_length" -> arguments -> ArrayText.length(arguments[0]);
            case "array_position" -> arguments -> ArrayText.position(arguments[0], arguments[1]);
            case "array_to_string" -> CatalogFunctions::joined;
            case "pg_array_element" -> arguments -> ArrayText.element(arguments[0], arguments[1]);
            case "pg_array_text" -> arguments -> ArrayText.of(session.jsonElements(String.valueOf(arguments[0])));
            case "pg_get_expr", "pg_partition_ancestors" -> arguments -> arguments[0];
            case "pg_size_pretty" -> arguments -> arguments[0] == null ? null : SizeText.of(arguments[0].toString());
            case "pg_database_size" -> arguments -> session.databaseBytes();
            default -> constant(name);
        };
    }

    /** Functions with one answer for everybody. */
    private static @Nullable Body constant(String name) {
        return switch (name) {
            case "pg_table_is_visible",
                    "pg_type_is_visible",
                    "pg_function_is_visible",
                    "pg_relation_is_publishable",
                    "has_table_privilege",
                    "has_schema_privilege",
                    "has_column_privilege",
                    "has_any_column_privilege",
                    "has_sequence_privilege",
                    "has_function_privilege" -> arguments -> true;
            case "obj_description",
                    "col_description",
                    "shobj_description",
                    "pg_tablespace_location",
                    "pg_get_function_result",
                    "pg_get_function_arguments",
                    "pg_get_function_identity_arguments",
                    "pg_get_triggerdef",
                    "pg_get_ruledef",
                    "pg_get_serial_sequence",
                    "pg_get_partkeydef",
                    "pg_get_statisticsobjdef_columns",
                    "to_regtype",
                    "pg_table_size",
                    "pg_relation_size",
                    "pg_total_relation_size",
                    "pg_indexes_size",
                    "txid_current_if_assigned" -> arguments -> null;
            default -> null;
        };
    }

    private static DeclaredType declared(@Nullable Object[] arguments) {
        return DeclaredType.of(arguments[0] == null ? null : arguments[0].toString());
    }

    private static Object checks(@Nullable Object[] arguments) {
        return arguments[1] == null ? "[]" : TableChecks.json(String.valueOf(arguments[0]), arguments[1].toString());
    }

    private static @Nullable Object joined(@Nullable Object[] arguments) {
        return arguments[0] == null ? null : ArrayText.joined(arguments[0].toString(), String.valueOf(arguments[1]));
    }

    private static @Nullable Object formatType(@Nullable Object[] arguments) {
        if (!(arguments[0] instanceof Long oid)) {
            return null;
        }
        PgType type = PgType.of(oid.intValue());
        long modifier = arguments.length > 1 && arguments[1] instanceof Long number ? number : -1;
        return type == null ? "???" : type.sqlName(modifier);
    }
}
