package dev.postmaster.store;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import dev.postmaster.store.function.Body;
import dev.postmaster.store.type.SqlError;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/** A function of ours as SQLite calls it. */
final class JavaFunction extends Function {
    private final String name;
    private final Body body;
    private final FunctionLibrary library;

    JavaFunction(String name, Body body, FunctionLibrary library) {
        this.name = name;
        this.body = body;
        this.library = library;
    }

    @Override
    protected void xFunc() throws SQLException {
        @Nullable Object[] arguments = new Object[args()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(i);
        }
        try {
            answer(body.apply(arguments));
        } catch (ReportException e) {
            fail(e);
        } catch (ArrayIndexOutOfBoundsException e) {
            fail(SqlError.of(
                    SqlState.UNDEFINED_FUNCTION,
                    "function " + name + " does not exist with " + arguments.length + " arguments"));
        }
    }

    /** SQLite carries only the sentence; the library keeps the rest. */
    private void fail(ReportException why) throws SQLException {
        library.failed(why);
        error(why.getMessage());
    }

    private @Nullable Object argument(int index) throws SQLException {
        return switch (value_type(index)) {
            case Codes.SQLITE_INTEGER -> value_long(index);
            case Codes.SQLITE_FLOAT -> value_double(index);
            case Codes.SQLITE_BLOB -> value_blob(index);
            case Codes.SQLITE_NULL -> null;
            default -> value_text(index);
        };
    }

    private void answer(@Nullable Object value) throws SQLException {
        switch (value) {
            case null -> result();
            case Long number -> result(number);
            case Double number -> result(number);
            case Boolean truth -> result(truth ? 1 : 0);
            case byte[] blob -> result(blob);
            default -> result(value.toString());
        }
    }
}
