package dev.postmaster.store.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Tables, views, indexes and their columns. An object's OID is 16384, PostgreSQL's first for users, plus its row in
 * sqlite_schema; the index SQLite does not need for a key that is the row's number gets the table's plus a million. Casts
 * to INTEGER give columns the affinity that lets them equal the quoted numbers clients write.
 */
final class RelationTables {
    private RelationTables() {}

    static @Nullable String query(String name) {
        return switch (name) {
            case "_pg_index" -> INDEXES;
            case "_pg_name" -> "SELECT oid AS _oid, relname AS _name FROM pg_class";
            case "_pg_view_def" -> VIEW_DEFINITIONS;
            case "pg_class" -> PG_CLASS;
            case "pg_attribute" -> PG_ATTRIBUTE;
            case "pg_attrdef" -> PG_ATTRDEF;
            case "pg_tables" -> PG_TABLES;
            case "pg_views" -> PG_VIEWS;
            default -> null;
        };
    }

    /** Every index with PostgreSQL's name for it; {@code sqlname} is null for a key that is the row's number. */
    private static final String INDEXES = """
            SELECT CAST(16384 + s.rowid AS INTEGER) AS oid, CAST(16384 + t.rowid AS INTEGER) AS tableoid,
              s.tbl_name AS tablename, s.name AS sqlname, s.sql AS sql,
              CASE WHEN l.origin = 'c' THEN s.name WHEN l.origin = 'pk' THEN s.tbl_name || '_pkey'
                ELSE s.tbl_name || '_' || (SELECT group_concat(name, '_') FROM pragma_index_info(s.name)) || '_key' END
                AS name,
              l."unique" AS isunique, l.partial AS partial,
              l.origin = 'pk' OR s.name = s.tbl_name || '_pkey' AS isprimary, l.origin = 'u' AS isconstraint
            FROM sqlite_schema s JOIN sqlite_schema t ON t.type = 'table' AND t.name = s.tbl_name
              JOIN pragma_index_list(s.tbl_name) l ON l.name = s.name
            WHERE s.type = 'index' AND s.tbl_name NOT LIKE 'sqlite~_%' ESCAPE '~'
            UNION ALL
            SELECT CAST(1016384 + t.rowid AS INTEGER), CAST(16384 + t.rowid AS INTEGER), t.name, NULL, NULL,
              t.name || '_pkey', 1, 0, 1, 0
            FROM sqlite_schema t
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'
              AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk > 0)
              AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) WHERE origin = 'pk')""";

    private static final String VIEW_DEFINITIONS = """
            SELECT CAST(16384 + rowid AS INTEGER) AS _oid, ltrim(substr(sql, instr(lower(sql), ' as ') + 4)) || ';' AS _def
            FROM sqlite_schema WHERE type = 'view'""";

    private static final String PG_CLASS = """
            SELECT r.oid AS oid, r.name AS relname, 2200 AS relnamespace, 0 AS reltype, 0 AS reloftype, 10 AS relowner,
              CASE r.kind WHEN 'r' THEN 2 WHEN 'i' THEN 403 ELSE 0 END AS relam, r.oid AS relfilenode, 0 AS reltablespace,
              0 AS relpages, -1.0 AS reltuples, 0 AS relallvisible, 0 AS reltoastrelid,
              r.kind = 'r' AND EXISTS (SELECT 1 FROM _pg_index i WHERE i.tableoid = r.oid) AS relhasindex,
              0 AS relisshared, 'p' AS relpersistence, r.kind AS relkind,
              CASE WHEN r.kind = 'i' THEN 0 ELSE (SELECT count(*) FROM pragma_table_info(r.name)) END AS relnatts,
              (SELECT count(*) FROM json_each(pg_table_checks(r.name, r.sql))) AS relchecks,
              r.kind = 'v' AS relhasrules, 0 AS relhastriggers, 0 AS relhassubclass, 0 AS relrowsecurity,
              0 AS relforcerowsecurity, 1 AS relispopulated, 'd' AS relreplident, 0 AS relispartition, 0 AS relrewrite,
              0 AS relfrozenxid, 0 AS relminmxid, NULL AS relacl, NULL AS reloptions, NULL AS relpartbound
            FROM (
              SELECT CAST(16384 + rowid AS INTEGER) AS oid, name, CASE type WHEN 'view' THEN 'v' ELSE 'r' END AS kind, sql
              FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
              UNION ALL SELECT oid, name, 'i', NULL FROM _pg_index) AS r""";

    private static final String PG_ATTRIBUTE = """
            SELECT c.oid AS attrelid, a.name AS attname, pg_declared_type(a.type) AS atttypid, -1 AS attstattarget,
              pg_declared_length(a.type) AS attlen, CAST(a.cid + 1 AS INTEGER) AS attnum, 0 AS attndims, -1 AS attcacheoff,
              pg_declared_modifier(a.type) AS atttypmod, 0 AS attbyval, 'i' AS attalign,
              CASE WHEN pg_declared_length(a.type) < 0 THEN 'x' ELSE 'p' END AS attstorage, '' AS attcompression,
              a."notnull" OR a.pk > 0 AS attnotnull, a.dflt_value IS NOT NULL OR a.hidden > 1 AS atthasdef,
              0 AS atthasmissing,
              CASE WHEN a.pk = 1 AND upper(a.type) = 'INTEGER'
                  AND (SELECT max(pk) FROM pragma_table_info(c.relname)) = 1 THEN 'd' ELSE '' END AS attidentity,
              CASE WHEN a.hidden > 1 THEN 's' ELSE '' END AS attgenerated, 0 AS attisdropped, 1 AS attislocal,
              0 AS attinhcount, 0 AS attcollation, NULL AS attacl, NULL AS attoptions, NULL AS attfdwoptions,
              a.dflt_value AS _default
            FROM pg_class c JOIN pragma_table_xinfo(c.relname) a
            WHERE c.relkind IN ('r', 'v') AND a.hidden <> 1
            UNION ALL
            SELECT i.oid, coalesce(x.name, 'expr'), 25, -1, -1, CAST(x.seqno + 1 AS INTEGER), 0, -1, -1, 0, 'i', 'x', '',
              0, 0, 0, '', '', 0, 1, 0, 0, NULL, NULL, NULL, NULL
            FROM _pg_index i JOIN pragma_index_info(i.sqlname) x""";

    private static final String PG_ATTRDEF = """
            SELECT CAST(3000000 + attrelid * 100 + attnum AS INTEGER) AS oid, attrelid AS adrelid, attnum AS adnum,
              _default AS adbin
            FROM pg_attribute WHERE _default IS NOT NULL""";

    private static final String PG_TABLES = """
            SELECT 'public' AS schemaname, relname AS tablename, pg_get_userbyid(relowner) AS tableowner,
              NULL AS tablespace, relhasindex AS hasindexes, relhasrules AS hasrules, relhastriggers AS hastriggers,
              relrowsecurity AS rowsecurity
            FROM pg_class WHERE relkind = 'r'""";

    private static final String PG_VIEWS = """
            SELECT 'public' AS schemaname, relname AS viewname, pg_get_userbyid(relowner) AS viewowner, _def AS definition
            FROM pg_class JOIN _pg_view_def ON _oid = oid""";
}
