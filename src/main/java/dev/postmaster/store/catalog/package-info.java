/**
 * The tables of {@code pg_catalog} and {@code information_schema} that clients ask on their own, each a query over
 * SQLite's schema. Nothing is created in a database: a statement that names a catalog table gets its definition as a
 * common table expression, see decision 0025. The door: {@code CatalogTables} and {@code CatalogColumns}.
 */
@NullMarked
package dev.postmaster.store.catalog;

import org.jspecify.annotations.NullMarked;
