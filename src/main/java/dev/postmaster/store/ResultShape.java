package dev.postmaster.store;

import dev.postmaster.store.sql.OutputColumn;
import dev.postmaster.store.sql.Translation;
import dev.postmaster.store.type.DeclaredType;
import dev.postmaster.store.type.PgType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a result: what the text tells first, then what SQLite knows of the declaration; what neither tells is
 * guessed from the first row. See decision 0022.
 */
final class ResultShape {
    static final ResultShape NONE = new ResultShape(List.of(), List.of());

    private final List<Column> columns;
    private final List<Boolean> guessed;

    private ResultShape(List<Column> columns, List<Boolean> guessed) {
        this.columns = columns;
        this.guessed = guessed;
    }

    static ResultShape of(Translation translation, NativeStatement compiled) throws SQLException {
        List<Column> columns = new ArrayList<>();
        List<Boolean> guessed = new ArrayList<>();
        int width = translation.explain() ? 1 : compiled.columnCount();
        for (int i = 0; i < width; i++) {
            OutputColumn told = told(translation.outputs(), i, width);
            String name = told == null || told.name() == null ? compiled.columnName(i) : told.name();
            String declared = compiled.declaredType(i);
            PgType tells = told == null ? null : told.type();
            DeclaredType type = told == null || tells == null
                    ? DeclaredType.of(declared)
                    : new DeclaredType(tells, told.modifier());
            columns.add(new Column(name, 0, 0, type.type().oid(), type.type().size(), type.modifier()));
            guessed.add(tells == null && declared == null);
        }
        return new ResultShape(List.copyOf(columns), List.copyOf(guessed));
    }

    /** The item a column comes from; null when stars make that unclear. */
    private static @Nullable OutputColumn told(List<OutputColumn> outputs, int column, int width) {
        int star = -1;
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).star()) {
                if (star >= 0) {
                    return null;
                }
                star = i;
            }
        }
        if (star < 0) {
            return outputs.size() == width ? outputs.get(column) : null;
        }
        int fromEnd = outputs.size() - (width - column);
        return column < star ? outputs.get(column) : fromEnd > star ? outputs.get(fromEnd) : null;
    }

    int width() {
        return columns.size();
    }

    List<Column> columns() {
        return columns;
    }

    /** The columns with the guesses made by the values of a row. */
    List<Column> columns(@Nullable Object[] row) {
        if (!guessed.contains(true)) {
            return columns;
        }
        List<Column> refined = new ArrayList<>(columns);
        for (int i = 0; i < row.length; i++) {
            if (guessed.get(i)) {
                refined.set(i, Column.of(columns.get(i).name(), typeOf(row[i])));
            }
        }
        return refined;
    }

    private static PgType typeOf(@Nullable Object value) {
        return switch (value) {
            case Long number -> PgType.INT8;
            case Double number -> PgType.FLOAT8;
            case byte[] blob -> PgType.BYTEA;
            case null, default -> PgType.TEXT;
        };
    }
}
