package dev.postmaster.store.catalog;

import org.jspecify.annotations.Nullable;

/** Catalog tables for things that do not exist here, with the columns clients name. */
final class EmptyTables {
    private EmptyTables() {}

    static @Nullable String query(String name) {
        String columns = columns(name);
        return columns == null ? null : "SELECT NULL AS " + columns.replace(" ", ", NULL AS ") + " WHERE 0";
    }

    private static @Nullable String columns(String name) {
        return switch (name) {
            case "pg_proc" ->
                "oid proname pronamespace proowner prolang prokind prorettype proargtypes prosrc proretset proacl";
            case "pg_description", "pg_shdescription" -> "objoid classoid objsubid description";
            case "pg_collation" -> "oid collname collnamespace collprovider collencoding collcollate collctype";
            case "pg_inherits" -> "inhrelid inhparent inhseqno inhdetachpending";
            case "pg_trigger" -> "oid tgrelid tgparentid tgname tgfoid tgtype tgenabled tgisinternal tgconstraint";
            case "pg_policy" -> "oid polname polrelid polcmd polpermissive polroles polqual polwithcheck";
            case "pg_statistic_ext" -> "oid stxrelid stxname stxnamespace stxowner stxstattarget stxkeys stxkind";
            case "pg_publication" -> "oid pubname pubowner puballtables";
            case "pg_publication_rel" -> "oid prpubid prrelid prqual prattrs";
            case "pg_publication_namespace" -> "oid pnpubid pnnspid";
            case "pg_subscription" -> "oid subname subowner subenabled";
            case "pg_extension" -> "oid extname extowner extnamespace extrelocatable extversion";
            case "pg_enum" -> "oid enumtypid enumsortorder enumlabel";
            case "pg_range" -> "rngtypid rngsubtype rngmultitypid rngcollation";
            case "pg_cast" -> "oid castsource casttarget castfunc castcontext castmethod";
            case "pg_operator" -> "oid oprname oprnamespace oprleft oprright oprresult";
            case "pg_rewrite" -> "oid rulename ev_class ev_type ev_enabled is_instead";
            case "pg_depend" -> "classid objid objsubid refclassid refobjid refobjsubid deptype";
            case "pg_sequence" -> "seqrelid seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle";
            case "pg_sequences" ->
                "schemaname sequencename sequenceowner data_type start_value increment_by last_value";
            case "pg_foreign_table" -> "ftrelid ftserver ftoptions";
            case "pg_foreign_server" -> "oid srvname srvowner srvfdw srvtype srvversion srvoptions";
            case "pg_foreign_data_wrapper" -> "oid fdwname fdwowner fdwhandler fdwvalidator";
            case "pg_partitioned_table" -> "partrelid partstrat partnatts partdefid partattrs";
            case "pg_event_trigger" -> "oid evtname evtevent evtowner evtfoid evtenabled evttags";
            case "pg_matviews" -> "schemaname matviewname matviewowner tablespace hasindexes ispopulated definition";
            case "pg_language" -> "oid lanname lanowner lanispl lanpltrusted";
            case "pg_conversion" -> "oid conname connamespace conowner";
            case "pg_aggregate" -> "aggfnoid aggkind aggnumdirectargs aggtransfn aggfinalfn";
            case "information_schema_sequences" -> "sequence_catalog sequence_schema sequence_name data_type";
            case "information_schema_routines" ->
                "specific_name routine_catalog routine_schema routine_name routine_type";
            case "information_schema_triggers" -> "trigger_catalog trigger_schema trigger_name event_object_table";
            default -> null;
        };
    }
}
