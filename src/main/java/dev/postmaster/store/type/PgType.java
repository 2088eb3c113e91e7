package dev.postmaster.store.type;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The types a client hears of, with PostgreSQL's OIDs, sizes and categories (pg_type.dat). */
public enum PgType {
    BOOL(16, 1, 'B', "boolean"),
    BYTEA(17, -1, 'U', "bytea"),
    CHAR(18, 1, 'Z', "\"char\""),
    NAME(19, 64, 'S', "name"),
    INT8(20, 8, 'N', "bigint"),
    INT2(21, 2, 'N', "smallint"),
    INT4(23, 4, 'N', "integer"),
    REGPROC(24, 4, 'N', "regproc"),
    TEXT(25, -1, 'S', "text"),
    OID(26, 4, 'N', "oid"),
    JSON(114, -1, 'U', "json"),
    FLOAT4(700, 4, 'N', "real"),
    FLOAT8(701, 8, 'N', "double precision"),
    UNKNOWN(705, -2, 'X', "unknown"),
    BPCHAR(1042, -1, 'S', "character"),
    VARCHAR(1043, -1, 'S', "character varying"),
    DATE(1082, 4, 'D', "date"),
    TIME(1083, 8, 'D', "time without time zone"),
    TIMESTAMP(1114, 8, 'D', "timestamp without time zone"),
    TIMESTAMPTZ(1184, 8, 'D', "timestamp with time zone"),
    INTERVAL(1186, 16, 'T', "interval"),
    TIMETZ(1266, 12, 'D', "time with time zone"),
    NUMERIC(1700, -1, 'N', "numeric"),
    REGCLASS(2205, 4, 'N', "regclass"),
    REGTYPE(2206, 4, 'N', "regtype"),
    VOID(2278, 4, 'P', "void"),
    UUID(2950, 16, 'U', "uuid"),
    JSONB(3802, -1, 'U', "jsonb");

    private static final List<PgType> ALL = List.of(values());

    private final int oid;
    private final int size;
    private final char category;
    private final String sqlName;

    PgType(int oid, int size, char category, String sqlName) {
        this.oid = oid;
        this.size = size;
        this.category = category;
        this.sqlName = sqlName;
    }

    public int oid() {
        return oid;
    }

    /** Bytes of a value; -1 when it varies, -2 for a C string. */
    public int size() {
        return size;
    }

    /** {@code pg_type.typcategory}. */
    public char category() {
        return category;
    }

    /** The name as {@code format_type} gives it. */
    public String sqlName() {
        return sqlName;
    }

    /** The name with a modifier: {@code character varying(30)}. */
    public String sqlName(long modifier) {
        if (modifier < 0) {
            return sqlName;
        }
        long length = modifier - DeclaredType.HEADER;
        return switch (this) {
            case VARCHAR, BPCHAR -> sqlName + '(' + length + ')';
            case NUMERIC -> sqlName + '(' + (length >> 16) + ',' + (length & 0xFFFF) + ')';
            case TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ ->
                sqlName.substring(0, sqlName.indexOf(' '))
                        + '('
                        + modifier
                        + ')'
                        + sqlName.substring(sqlName.indexOf(' '));
            case BOOL, BYTEA, CHAR, NAME, INT8, INT2, INT4, REGPROC, TEXT, OID, JSON, FLOAT4, FLOAT8, UNKNOWN ->
                sqlName;
            case DATE, INTERVAL, REGCLASS, REGTYPE, VOID, UUID, JSONB -> sqlName;
        };
    }

    /** {@code pg_type.typname}: the name a cast without a column gives its result. */
    public String typname() {
        return this == CHAR ? "char" : name().toLowerCase(Locale.ROOT);
    }

    /** The type of an OID, or null for one we do not know. */
    public static @Nullable PgType of(int oid) {
        for (PgType type : ALL) {
            if (type.oid == oid) {
                return type;
            }
        }
        return null;
    }

    /**
     * The type a name in SQL stands for.
     *
     * @param name in lower case, words separated by one blank, without modifiers
     */
    public static @Nullable PgType named(String name) {
        return switch (name) {
            case "bool", "boolean" -> BOOL;
            case "bytea", "blob" -> BYTEA;
            case "name" -> NAME;
            case "int8", "bigint", "bigserial", "serial8" -> INT8;
            case "int2", "smallint", "smallserial", "serial2", "tinyint" -> INT2;
            case "int4", "int", "integer", "serial", "serial4", "mediumint" -> INT4;
            case "text", "clob", "character large object", "citext" -> TEXT;
            case "oid", "xid", "cid" -> OID;
            case "json" -> JSON;
            case "jsonb" -> JSONB;
            case "real", "float4" -> FLOAT4;
            case "float", "float8", "double precision", "double" -> FLOAT8;
            case "char", "character", "bpchar", "nchar", "national char", "national character" -> BPCHAR;
            case "varchar", "character varying", "char varying", "nvarchar", "national character varying" -> VARCHAR;
            case "date" -> DATE;
            case "time", "time without time zone" -> TIME;
            case "timetz", "time with time zone" -> TIMETZ;
            case "timestamp", "timestamp without time zone", "datetime" -> TIMESTAMP;
            case "timestamptz", "timestamp with time zone" -> TIMESTAMPTZ;
            case "interval" -> INTERVAL;
            case "numeric", "decimal", "dec" -> NUMERIC;
            case "uuid" -> UUID;
            case "void" -> VOID;
            case "regclass" -> REGCLASS;
            case "regtype" -> REGTYPE;
            case "regproc", "regprocedure" -> REGPROC;
            case "unknown" -> UNKNOWN;
            default -> null;
        };
    }
}
