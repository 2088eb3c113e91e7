package dev.postmaster.store;

import dev.postmaster.store.type.PgType;

/**
 * One column of a result, as RowDescription tells it.
 *
 * @param name as the client reads it
 * @param tableOid the table the column comes from, 0 for an expression
 * @param attributeNumber the column's number in that table from 1, 0 for an expression
 * @param typeOid PostgreSQL's OID of the type
 * @param typeSize bytes of the type, negative when it varies
 * @param typeModifier for example 4 + n for {@code varchar(n)}; -1 for none
 */
public record Column(String name, int tableOid, int attributeNumber, int typeOid, int typeSize, int typeModifier) {

    /** A column of a type without modifier that belongs to no table. */
    public static Column of(String name, PgType type) {
        return new Column(name, 0, 0, type.oid(), type.size(), -1);
    }
}
