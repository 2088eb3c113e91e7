package dev.postmaster.child.backend;

import static dev.postmaster.child.backend.Errors.error;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;

/** How columns, or parameters, are written: none given is text for all, one is for all, else one each. */
final class ResultFormats {
    static final ResultFormats TEXT = new ResultFormats(new int[0]);

    private final int[] codes;

    private ResultFormats(int[] codes) {
        this.codes = codes;
    }

    /**
     * @param codes as Bind gives them
     * @param count how many things there are to write
     * @param problem what to say if the numbers do not match
     * @throws ReportException ERROR 08P01 if they do not, 22023 for a code that is neither text nor binary
     */
    static ResultFormats of(int[] codes, int count, String problem) {
        if (codes.length > 1 && codes.length != count) {
            throw error(SqlState.PROTOCOL_VIOLATION, problem);
        }
        for (int code : codes) {
            if (code > 1) {
                throw error(SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + code);
            }
        }
        return new ResultFormats(codes);
    }

    /** 0 is text, 1 is binary. */
    int code(int index) {
        return switch (codes.length) {
            case 0 -> 0;
            case 1 -> codes[0];
            default -> codes[index];
        };
    }
}
