package dev.postmaster.store;

import dev.postmaster.store.type.PgType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQLite's query plan, laid out as EXPLAIN lays out PostgreSQL's. */
final class PlanRows implements Rows {
    private static final List<Column> COLUMNS = List.of(Column.of("QUERY PLAN", PgType.TEXT));

    private final List<String> lines;
    private int at = -1;

    private PlanRows(List<String> lines) {
        this.lines = lines;
    }

    /** Reads the plan: each node with its own and its parent's number, and a sentence. */
    static PlanRows read(NativeStatement plan, boolean row) throws SQLException {
        Map<String, Integer> depths = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (boolean more = row; more; more = plan.step()) {
            @Nullable Object[] node = plan.row(4);
            int depth = depths.getOrDefault(String.valueOf(node[1]), -1) + 1;
            depths.put(String.valueOf(node[0]), depth);
            lines.add((depth == 0 ? "" : "  ".repeat(3 * depth - 2) + "->  ") + node[3]);
        }
        return new PlanRows(lines);
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public boolean next() {
        at = Math.min(at + 1, lines.size());
        return at < lines.size();
    }

    @Override
    public Object value(int column) {
        return lines.get(at);
    }

    @Override
    public String commandTag() {
        return "EXPLAIN";
    }

    @Override
    public void close() {}
}
