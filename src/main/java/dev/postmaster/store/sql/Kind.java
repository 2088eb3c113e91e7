package dev.postmaster.store.sql;

import dev.postmaster.auth.role.DatabaseOptions;
import dev.postmaster.auth.role.RoleCommand;
import dev.postmaster.store.copy.CopyFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does, as far as a session must know. A {@link SessionCommand} is the session's own work, a
 * {@link Composite} has the session run other statements; the store runs everything else.
 */
public sealed interface Kind {

    /** Nothing but blanks and comments: answered with EmptyQueryResponse. */
    record Empty() implements Kind {}

    /** Reads and changes nothing. */
    record Query() implements Kind {}

    /** INSERT, UPDATE, DELETE, TRUNCATE; with rows if it has RETURNING. */
    record Modify() implements Kind {}

    /**
     * Changes the schema, or keeps house.
     *
     * @param inTransaction false for what cannot run inside a transaction block (VACUUM); the store refuses it there
     *     with 25001
     */
    record Utility(boolean inTransaction) implements Kind {}

    /** CREATE DATABASE; never inside a transaction block. */
    record CreateDatabase(String name, DatabaseOptions options) implements Kind {}

    /** DROP DATABASE; never inside a transaction block. */
    record DropDatabase(String name, boolean ifExists) implements Kind {}

    /** BEGIN or START TRANSACTION. Inside a transaction PostgreSQL only warns (25001); the store throws that code. */
    record Begin(TransactionModes modes) implements Kind {}

    /** COMMIT or END; with {@code AND CHAIN} the next transaction opens at once. */
    record Commit(boolean chain) implements Kind {}

    /** ROLLBACK or ABORT; with {@code AND CHAIN} the next transaction opens at once. */
    record Rollback(boolean chain) implements Kind {}

    /** SAVEPOINT. */
    record Savepoint(String name) implements Kind {}

    /** RELEASE SAVEPOINT. */
    record Release(String name) implements Kind {}

    /** ROLLBACK TO SAVEPOINT: the one statement besides ROLLBACK that ends a failed transaction's refusals. */
    record RollbackTo(String name) implements Kind {}

    /** What the session does itself. */
    sealed interface SessionCommand extends Kind {}

    /**
     * SET name TO value.
     *
     * @param values the list as text, quotes removed; empty means DEFAULT
     * @param local whether it lasts to the end of the transaction only
     */
    record Set(String name, List<String> values, boolean local) implements SessionCommand {}

    /**
     * SET TRANSACTION, or SET SESSION CHARACTERISTICS AS TRANSACTION.
     *
     * @param session whether it concerns all later transactions instead of the present one
     */
    record SetTransaction(TransactionModes modes, boolean session) implements SessionCommand {}

    /** SHOW name; the name is {@code all} for SHOW ALL. */
    record Show(String name) implements SessionCommand {}

    /** RESET name; the name is {@code all} for RESET ALL. */
    record Reset(String name) implements SessionCommand {}

    /** DISCARD; the target is one of {@code all}, {@code plans}, {@code sequences}, {@code temp}. */
    record Discard(String target) implements SessionCommand {}

    /** DEALLOCATE; no name means ALL. */
    record Deallocate(@Nullable String name) implements SessionCommand {}

    /** What changes roles or their rights. */
    record Roles(RoleCommand command) implements SessionCommand {}

    /** What the session does by running other statements, whose text is part of this one. */
    sealed interface Composite extends Kind {}

    /**
     * PREPARE.
     *
     * @param types the types of the first parameters
     * @param sql the statement, as far to the right as it stands in the client's text
     */
    record Prepare(String name, List<Integer> types, String sql) implements Composite {}

    /**
     * EXECUTE.
     *
     * @param values expressions, separated by commas; empty for none
     */
    record Execute(String name, String values) implements Composite {}

    /**
     * COPY FROM STDIN.
     *
     * @param table as the client wrote it, perhaps with a schema
     * @param columns a list in parentheses; empty for all
     */
    record CopyIn(String table, String columns, CopyFormat format) implements Composite {}

    /**
     * COPY TO STDOUT.
     *
     * @param query what gives the rows
     */
    record CopyOut(String query, CopyFormat format) implements Composite {}

    /** CHECKPOINT: asks the checkpointer and waits for it. */
    record Checkpoint() implements SessionCommand {}

    /**
     * The modes of a transaction; null where the statement does not say.
     *
     * @param readOnly READ ONLY or READ WRITE
     * @param isolation in lower case: {@code read committed}, {@code serializable} …; every one gets SQLite's
     *     serializable snapshots
     */
    record TransactionModes(
            @Nullable Boolean readOnly, @Nullable String isolation) {
        public static final TransactionModes NONE = new TransactionModes(null, null);
    }
}
