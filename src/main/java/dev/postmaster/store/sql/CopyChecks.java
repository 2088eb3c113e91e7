package dev.postmaster.store.sql;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.copy.CopyFormat;
import dev.postmaster.store.copy.CopyFormat.Style;
import dev.postmaster.store.type.SqlError;

/** Which characters of COPY's options would be taken for each other (the end of ProcessCopyOptions). */
final class CopyChecks {
    /** What stands behind a backslash, or begins a value of the text form. */
    private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

    private CopyChecks() {}

    static void check(CopyFormat format) {
        boolean csv = format.style() == Style.CSV;
        char delimiter = format.delimiter();
        String absent = format.nullText();
        refuse(isLineEnd(delimiter), "COPY delimiter cannot be newline or carriage return");
        refuse(
                absent.chars().anyMatch(c -> isLineEnd((char) c)),
                "COPY null representation cannot use newline or carriage return");
        refuse(!csv && NO_DELIMITERS.indexOf(delimiter) >= 0, "COPY delimiter cannot be \"" + delimiter + '"');
        refuse(csv && delimiter == format.quote(), "COPY delimiter and quote must be different");
        unsupported(absent.indexOf(delimiter) >= 0, "COPY delimiter must not appear in the NULL specification");
        unsupported(
                csv && absent.indexOf(format.quote()) >= 0,
                "CSV quote character must not appear in the NULL specification");
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw SqlError.of(SqlState.INVALID_PARAMETER_VALUE, message);
        }
    }

    /** With the code that PostgreSQL gives these. */
    private static void unsupported(boolean wrong, String message) {
        if (wrong) {
            throw SqlError.of(SqlState.FEATURE_NOT_SUPPORTED, message);
        }
    }
}
