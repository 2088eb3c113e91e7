package dev.postmaster.store;

import java.util.List;
import java.util.NoSuchElementException;

/** The run of a statement that returns no rows. */
record DoneRows(String commandTag) implements Rows {

    @Override
    public List<Column> columns() {
        return List.of();
    }

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public Object value(int column) {
        throw new NoSuchElementException("no row");
    }

    @Override
    public void close() {}
}
