package dev.postmaster.store.catalog;

import org.jspecify.annotations.Nullable;

/** Indexes as such, keys, foreign keys and checks. */
final class ConstraintTables {
    private ConstraintTables() {}

    static @Nullable String query(String name) {
        return switch (name) {
            case "pg_index" -> PG_INDEX;
            case "pg_indexes" -> PG_INDEXES;
            case "_pg_index_def" -> INDEX_DEFINITIONS;
            case "_pg_key" -> KEYS;
            case "_pg_foreign_key" -> FOREIGN_KEYS;
            case "_pg_check" -> CHECKS;
            case "pg_constraint" -> PG_CONSTRAINT;
            case "_pg_constraint_def" -> CONSTRAINT_DEFINITIONS;
            default -> null;
        };
    }

    private static final String PG_INDEX = """
            SELECT i.oid AS indexrelid, i.tableoid AS indrelid, i.columns AS indnatts, i.columns AS indnkeyatts,
              i.isunique AS indisunique, 0 AS indnullsnotdistinct, i.isprimary AS indisprimary, 0 AS indisexclusion,
              1 AS indimmediate, 0 AS indisclustered, 1 AS indisvalid, 0 AS indcheckxmin, 1 AS indisready, 1 AS indislive,
              0 AS indisreplident, i.keys AS indkey, NULL AS indcollation, NULL AS indclass, i.options AS indoption,
              NULL AS indexprs, NULL AS indpred
            FROM _pg_key i""";

    /** Indexes with the numbers of their columns, as an int2vector writes them; an expression is column 0. */
    private static final String KEYS = """
            SELECT oid, tableoid, tablename, name, isunique, isprimary, isconstraint,
              (SELECT count(*) FROM pragma_index_info(sqlname)) AS columns,
              (SELECT group_concat(max(cid + 1, 0), ' ') FROM pragma_index_info(sqlname)) AS keys,
              (SELECT group_concat(name, ', ') FROM pragma_index_info(sqlname)) AS names,
              (SELECT group_concat("desc", ' ') FROM pragma_index_xinfo(sqlname) WHERE key) AS options
            FROM _pg_index WHERE sqlname IS NOT NULL
            UNION ALL
            SELECT oid, tableoid, tablename, name, isunique, isprimary, isconstraint,
              (SELECT count(*) FROM pragma_table_info(tablename) WHERE pk > 0),
              (SELECT group_concat(cid + 1, ' ') FROM pragma_table_info(tablename) WHERE pk > 0),
              (SELECT group_concat(name, ', ') FROM pragma_table_info(tablename) WHERE pk > 0), '0'
            FROM _pg_index WHERE sqlname IS NULL""";

    private static final String INDEX_DEFINITIONS = """
            SELECT k.oid AS _oid, 0 AS _column,
              CASE WHEN k.isunique THEN 'CREATE UNIQUE INDEX ' ELSE 'CREATE INDEX ' END || k.name || ' ON public.'
                || k.tablename || ' USING btree '
                || coalesce(substr(i.sql, instr(i.sql, '(')), '(' || k.names || ')') AS _def
            FROM _pg_key k JOIN _pg_index i ON i.oid = k.oid
            UNION ALL
            SELECT i.oid, x.seqno + 1, coalesce(x.name, 'expr') FROM _pg_index i JOIN pragma_index_info(i.sqlname) x
            UNION ALL
            SELECT oid, 1, names FROM _pg_key WHERE oid > 1000000""";

    private static final String PG_INDEXES = """
            SELECT 'public' AS schemaname, k.tablename AS tablename, k.name AS indexname, NULL AS tablespace,
              d._def AS indexdef
            FROM _pg_key k JOIN _pg_index_def d ON d._oid = k.oid AND d._column = 0""";

    private static final String FOREIGN_KEYS = """
            SELECT CAST(4000000 + t.rowid * 100 + f.id AS INTEGER) AS oid, CAST(16384 + t.rowid AS INTEGER) AS tableoid,
              t.name AS tablename, t.name || '_' || group_concat(f."from", '_') || '_fkey' AS name,
              f."table" AS target, group_concat(f."from", ', ') AS names,
              coalesce(group_concat(f."to", ', '),
                (SELECT group_concat(name, ', ') FROM pragma_table_info(f."table") WHERE pk > 0)) AS target_names,
              '{' || group_concat((SELECT cid + 1 FROM pragma_table_info(t.name) WHERE lower(name) = lower(f."from")))
                || '}' AS keys,
              '{' || group_concat((SELECT cid + 1 FROM pragma_table_info(f."table")
                WHERE lower(name) = lower(f."to") OR (f."to" IS NULL AND pk = f.seq + 1))) || '}' AS target_keys,
              f.on_update AS on_update, f.on_delete AS on_delete
            FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
            GROUP BY t.rowid, f.id""";

    private static final String CHECKS = """
            SELECT CAST(5000000 + t.rowid * 100 + c.key AS INTEGER) AS oid, CAST(16384 + t.rowid AS INTEGER) AS tableoid,
              json_extract(c.value, '$.name') AS name, 'CHECK (' || json_extract(c.value, '$.check') || ')' AS def
            FROM sqlite_schema t JOIN json_each(pg_table_checks(t.name, t.sql)) c WHERE t.type = 'table'""";

    private static final String PG_CONSTRAINT = """
            SELECT CAST(2000000 + k.oid AS INTEGER) AS oid, k.name AS conname, 2200 AS connamespace,
              CASE WHEN k.isprimary THEN 'p' ELSE 'u' END AS contype, 0 AS condeferrable, 0 AS condeferred,
              1 AS convalidated, k.tableoid AS conrelid, 0 AS contypid, k.oid AS conindid, 0 AS conparentid,
              CAST(0 AS INTEGER) AS confrelid, ' ' AS confupdtype, ' ' AS confdeltype, ' ' AS confmatchtype,
              1 AS conislocal, 0 AS coninhcount, 1 AS connoinherit, '{' || replace(k.keys, ' ', ',') || '}' AS conkey,
              NULL AS confkey, NULL AS conbin
            FROM _pg_key k WHERE k.isprimary OR k.isconstraint
            UNION ALL
            SELECT f.oid, f.name, 2200, 'f', 0, 0, 1, f.tableoid, 0,
              (SELECT oid FROM _pg_key WHERE tablename = f.target AND isprimary), 0,
              (SELECT CAST(16384 + rowid AS INTEGER) FROM sqlite_schema WHERE type = 'table' AND name = f.target),
              _pg_action.letter, _pg_action_2.letter, 's', 1, 0, 1, f.keys, f.target_keys, NULL
            FROM _pg_foreign_key f JOIN _pg_action ON _pg_action.action = f.on_update
              JOIN _pg_action AS _pg_action_2 ON _pg_action_2.action = f.on_delete
            UNION ALL
            SELECT oid, name, 2200, 'c', 0, 0, 1, tableoid, 0, 0, 0, CAST(0 AS INTEGER), ' ', ' ', ' ', 1, 0, 0, NULL, NULL,
              NULL
            FROM _pg_check""";

    private static final String CONSTRAINT_DEFINITIONS = """
            SELECT CAST(2000000 + oid AS INTEGER) AS _oid,
              CASE WHEN isprimary THEN 'PRIMARY KEY (' ELSE 'UNIQUE (' END || names || ')' AS _def
            FROM _pg_key WHERE isprimary OR isconstraint
            UNION ALL
            SELECT oid, 'FOREIGN KEY (' || names || ') REFERENCES ' || target || '(' || target_names || ')'
              || CASE on_update WHEN 'NO ACTION' THEN '' ELSE ' ON UPDATE ' || on_update END
              || CASE on_delete WHEN 'NO ACTION' THEN '' ELSE ' ON DELETE ' || on_delete END
            FROM _pg_foreign_key
            UNION ALL
            SELECT oid, def FROM _pg_check""";
}
