package dev.postmaster.child.bgworker;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.worker.Worker;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The functions of library {@code postmaster} (BW-17, InternalBGWorkers). */
enum ShippedFunction {
    /** Copies databases while they are in use, by the clock. */
    BACKUP("backup");

    private final String functionName;

    ShippedFunction(String functionName) {
        this.functionName = functionName;
    }

    /** Throws ERROR for a name that is none. */
    static ShippedFunction named(String name) {
        for (ShippedFunction function : values()) {
            if (function.functionName.equals(name)) {
                return function;
            }
        }
        throw new ReportException(Report.of(Severity.ERROR, "internal function \"" + name + "\" not found")
                .withHint("Library \"" + Worker.SHIPPED + "\" has " + names()
                        + ". A class of yours needs the jar that it is in as the library."));
    }

    private static String names() {
        return Arrays.stream(values())
                .map(function -> "\"" + function.functionName + "\"")
                .collect(Collectors.joining(", "));
    }
}
