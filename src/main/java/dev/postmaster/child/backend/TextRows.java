package dev.postmaster.child.backend;

import dev.postmaster.store.Column;
import dev.postmaster.store.Rows;
import dev.postmaster.store.type.PgType;
import java.util.ArrayList;
import java.util.List;

/** The result of what the session does itself: a command tag, and for SHOW a few rows of text. */
final class TextRows implements Rows {
    private final String commandTag;
    private final List<Column> columns;
    private final List<List<String>> rows;
    private int next;

    private TextRows(String commandTag, List<Column> columns, List<List<String>> rows) {
        this.commandTag = commandTag;
        this.columns = columns;
        this.rows = rows;
    }

    static TextRows none(String commandTag) {
        return new TextRows(commandTag, List.of(), List.of());
    }

    static TextRows of(String commandTag, List<Column> columns, List<List<String>> rows) {
        return new TextRows(commandTag, columns, rows);
    }

    static List<Column> columnsNamed(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(Column.of(name, PgType.TEXT));
        }
        return columns;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        return next++ < rows.size();
    }

    @Override
    public Object value(int column) {
        return rows.get(next - 1).get(column);
    }

    @Override
    public String commandTag() {
        return commandTag;
    }

    @Override
    public void close() {}
}
