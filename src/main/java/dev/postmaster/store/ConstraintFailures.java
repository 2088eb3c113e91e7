package dev.postmaster.store;

import dev.postmaster.report.Report;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.sql.Translation;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Broken constraints, named as PostgreSQL names them: SQLite tells columns, so the name is looked up or made. */
final class ConstraintFailures {
    private static final String UNIQUE_INDEX = """
            SELECT name, origin FROM pragma_index_list(?1) AS list
            WHERE "unique" AND (
              SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(list.name) ORDER BY seqno)) = ?2""";

    private final Sqlite sqlite;

    ConstraintFailures(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    Report report(SQLiteErrorCode code, String sentence, Translation statement) {
        String what = sentence.substring(sentence.indexOf("failed: ") < 0 ? 0 : sentence.indexOf("failed: ") + 8);
        String target = statement.target() == null ? "" : statement.target();
        return switch (code) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> duplicate(what);
            case SQLITE_CONSTRAINT_NOTNULL ->
                StatementFailures.error(
                        SqlState.NOT_NULL_VIOLATION,
                        "null value in column \"" + after(what) + "\" of relation \"" + before(what)
                                + "\" violates not-null constraint");
            case SQLITE_CONSTRAINT_CHECK ->
                StatementFailures.error(
                        SqlState.CHECK_VIOLATION,
                        "new row for relation \"" + target + "\" violates check constraint \"" + what + "\"");
            case SQLITE_CONSTRAINT_FOREIGNKEY -> foreignKey(statement, target);
            case SQLITE_CONSTRAINT_DATATYPE -> StatementFailures.error(SqlState.DATATYPE_MISMATCH, sentence);
            default -> StatementFailures.error(SqlState.INTEGRITY_CONSTRAINT_VIOLATION, sentence);
        };
    }

    private Report duplicate(String what) {
        boolean expression = what.startsWith("index '");
        String columns = expression ? "" : what.replace(before(what) + ".", "");
        String name = expression ? what.substring(7, what.length() - 1) : indexName(before(what), columns);
        Report report = StatementFailures.error(
                SqlState.UNIQUE_VIOLATION, "duplicate key value violates unique constraint \"" + name + "\"");
        return expression ? report : report.withDetail("Key (" + columns + ") already exists.");
    }

    /** The name of the index over these columns, or what PostgreSQL would have called the constraint. */
    private String indexName(String table, String columns) {
        @Nullable Object @Nullable [] index;
        try {
            index = sqlite.firstRow(UNIQUE_INDEX, table, columns);
        } catch (SQLException e) {
            index = null;
        }
        if (index == null || "pk".equals(index[1])) {
            return table + "_pkey";
        }
        return "c".equals(index[1]) ? String.valueOf(index[0]) : table + '_' + columns.replace(", ", "_") + "_key";
    }

    private static Report foreignKey(Translation statement, String target) {
        boolean removing = statement.tag().name().equals("DELETE");
        return StatementFailures.error(
                SqlState.FOREIGN_KEY_VIOLATION,
                (removing ? "update or delete" : "insert or update") + " on table \"" + target
                        + "\" violates foreign key constraint");
    }

    private static String before(String column) {
        return column.substring(0, Math.max(column.indexOf('.'), 0));
    }

    private static String after(String column) {
        return column.substring(column.indexOf('.') + 1);
    }
}
