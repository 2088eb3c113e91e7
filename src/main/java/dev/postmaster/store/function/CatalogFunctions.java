package dev.postmaster.store.function;

import dev.postmaster.store.type.PgType;
import org.jspecify.annotations.Nullable;

/** Functions that psql and drivers call in their catalog queries. */
final class CatalogFunctions {
    private CatalogFunctions() {}

    static @Nullable Body find(String name, Surroundings session) {
        return switch (name) {
            case "format_type" -> CatalogFunctions::formatType;
            case "pg_get_userbyid" -> arguments -> session.user();
            case "pg_encoding_to_char" -> arguments -> "UTF8";
            case "pg_table_is_visible", "pg_type_is_visible", "pg_function_is_visible" -> arguments -> true;
            case "has_table_privilege", "has_schema_privilege", "has_database_privilege" -> arguments -> true;
            case "has_column_privilege", "has_any_column_privilege", "pg_has_role" -> arguments -> true;
            case "obj_description", "col_description", "shobj_description" -> arguments -> null;
            case "array_to_string" -> arguments -> arguments[0];
            default -> null;
        };
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
