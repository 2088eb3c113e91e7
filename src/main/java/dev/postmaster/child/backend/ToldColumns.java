package dev.postmaster.child.backend;

import dev.postmaster.store.Column;
import dev.postmaster.store.sql.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client was told of the rows of a statement, by its text. SQLite types values, not expressions, so a type may be a
 * guess from the first row; but a driver that was told once remembers, and asks for binary values of that type without
 * asking for the type again. The last {@value #CAPACITY} statements are kept.
 */
final class ToldColumns {
    private static final int CAPACITY = 256;

    private final PreparedStatements statements;

    private final Map<String, List<Column>> bySql = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Column>> eldest) {
            return size() > CAPACITY;
        }
    };

    ToldColumns(PreparedStatements statements) {
        this.statements = statements;
    }

    /**
     * The columns that a portal's rows are described and written by. A query is started for it: SQLite knows the type of
     * an expression only from its first value, and nobody can see that the query has begun.
     */
    List<Column> of(Portal portal, StatementRunner runner) throws IOException {
        List<Column> told = portal.described();
        if (told == null) {
            Prepared giver = statements.giverOfRows(portal.prepared());
            told = giver.statement().kind() instanceof Kind.Query
                    ? tell(portal.sql(), portal.rows(runner).columns())
                    : giver.columns();
            portal.describe(told);
        }
        return told;
    }

    /** What was told of this statement, else {@code now}, which counts as told from here on. */
    private List<Column> tell(String sql, List<Column> now) {
        List<Column> before = bySql.get(sql);
        if (before != null && names(before).equals(names(now))) {
            return before;
        }
        bySql.put(sql, now);
        return now;
    }

    /** Another table of the same name may stand behind the same text. */
    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
