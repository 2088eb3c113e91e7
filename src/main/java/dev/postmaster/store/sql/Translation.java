package dev.postmaster.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement, understood and in SQLite's spelling.
 *
 * @param kind what it does
 * @param tag what CommandComplete says of it
 * @param parts what SQLite must run, in order; the last part's rows are the statement's. Empty for what SQLite does not
 *     run
 * @param outputs what its text tells about the items of its result
 * @param parameterOids the types of its parameters
 * @param target the table it changes, for messages; null when it changes none
 * @param explain whether the rows are SQLite's query plan
 */
public record Translation(
        Kind kind,
        CommandTag tag,
        List<SqliteText> parts,
        List<OutputColumn> outputs,
        List<Integer> parameterOids,
        @Nullable String target,
        boolean explain) {

    /** A statement the store or the session does without SQLite's compiler. */
    static Translation without(Kind kind, String tag) {
        return new Translation(kind, CommandTag.of(tag), List.of(), List.of(), List.of(), null, false);
    }

    /** A statement without parameters and rows. */
    static Translation utility(Kind kind, String tag, List<SqliteText> parts) {
        return new Translation(kind, CommandTag.of(tag), parts, List.of(), List.of(), null, false);
    }

    Translation withOutputs(List<OutputColumn> columns) {
        return new Translation(kind, tag, parts, columns, parameterOids, target, explain);
    }
}
