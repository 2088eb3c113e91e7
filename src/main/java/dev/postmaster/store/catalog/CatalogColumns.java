package dev.postmaster.store.catalog;

import dev.postmaster.store.type.PgType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of catalog columns, which SQLite cannot tell because they are computed. Their names are unique. */
public final class CatalogColumns {
    private static final Set<String> TRUTHS = Set.of(
            ("relhasindex relisshared relhasrules relhastriggers relhassubclass relrowsecurity relforcerowsecurity "
                            + "relispopulated relispartition attnotnull atthasdef atthasmissing attisdropped attislocal "
                            + "attbyval indisunique indisprimary indisexclusion indimmediate indisclustered indisvalid "
                            + "indcheckxmin indisready indislive indisreplident indnullsnotdistinct condeferrable "
                            + "condeferred convalidated conislocal connoinherit typbyval typispreferred typisdefined "
                            + "typnotnull rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication "
                            + "rolbypassrls usecreatedb usesuper userepl usebypassrls datistemplate datallowconn "
                            + "admin_option hasindexes hasrules hastriggers rowsecurity pending_restart tgisinternal")
                    .split(" ", -1));

    private static final Set<String> NAMES = Set.of(
            ("relname attname nspname typname conname datname rolname amname spcname proname collname usename tablename "
                            + "viewname indexname schemaname tableowner viewowner datcollate datctype")
                    .split(" ", -1));

    private static final Set<String> OIDS = Set.of(
            ("oid relnamespace reltype reloftype relowner relam reltablespace attrelid atttypid attcollation nspowner "
                            + "typnamespace typrelid typelem typarray typbasetype indexrelid indrelid connamespace "
                            + "conrelid conindid confrelid contypid roleid member grantor datdba dattablespace usesysid adrelid")
                    .split(" ", -1));

    private static final Set<String> SMALL =
            Set.of("attnum", "attlen", "typlen", "relnatts", "relchecks", "indnatts", "indnkeyatts", "adnum");

    private CatalogColumns() {}

    /** The type of a column of that name; null when text does or nobody knows. */
    public static @Nullable PgType type(String name) {
        if (TRUTHS.contains(name)) {
            return PgType.BOOL;
        }
        if (NAMES.contains(name)) {
            return PgType.NAME;
        }
        if (OIDS.contains(name)) {
            return PgType.OID;
        }
        return SMALL.contains(name) ? PgType.INT2 : integer(name);
    }

    private static @Nullable PgType integer(String name) {
        return switch (name) {
            case "atttypmod", "typtypmod", "encoding", "datconnlimit", "rolconnlimit", "relpages", "attinhcount" ->
                PgType.INT4;
            case "reltuples" -> PgType.FLOAT4;
            default -> null;
        };
    }
}
