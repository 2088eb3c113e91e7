package dev.postmaster.store.type;

import org.jspecify.annotations.Nullable;

/** The types a client hears of, with PostgreSQL's OIDs and sizes (pg_type.dat). */
public enum PgType {
    BOOL(16, 1, "boolean"),
    BYTEA(17, -1, "bytea"),
    CHAR(18, 1, "\"char\""),
    NAME(19, 64, "name"),
    INT8(20, 8, "bigint"),
    INT2(21, 2, "smallint"),
    INT4(23, 4, "integer"),
    TEXT(25, -1, "text"),
    OID(26, 4, "oid"),
    JSON(114, -1, "json"),
    FLOAT4(700, 4, "real"),
    FLOAT8(701, 8, "double precision"),
    UNKNOWN(705, -2, "unknown"),
    BPCHAR(1042, -1, "character"),
    VARCHAR(1043, -1, "character varying"),
    DATE(1082, 4, "date"),
    TIME(1083, 8, "time without time zone"),
    TIMESTAMP(1114, 8, "timestamp without time zone"),
    TIMESTAMPTZ(1184, 8, "timestamp with time zone"),
    INTERVAL(1186, 16, "interval"),
    NUMERIC(1700, -1, "numeric"),
    VOID(2278, 4, "void"),
    UUID(2950, 16, "uuid"),
    JSONB(3802, -1, "jsonb");

    private final int oid;
    private final int size;
    private final String sqlName;

    PgType(int oid, int size, String sqlName) {
        this.oid = oid;
        this.size = size;
        this.sqlName = sqlName;
    }

    public int oid() {
        return oid;
    }

    /** Bytes of a value; -1 when it varies, -2 for a C string. */
    public int size() {
        return size;
    }

    /** The name as {@code format_type} gives it. */
    public String sqlName() {
        return sqlName;
    }

    /** The type of an OID, or null for one we do not know. */
    public static @Nullable PgType of(int oid) {
        for (PgType type : values()) {
            if (type.oid == oid) {
                return type;
            }
        }
        return null;
    }
}
