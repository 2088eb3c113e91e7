package dev.postmaster.child;

import dev.postmaster.core.ChildKind;
import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;

/**
 * What the command line of a child says (CH-26).
 *
 * @param parameters where the parameter block is: a descriptor's number or a path
 */
record Invocation(ChildKind kind, String parameters) {
    private static final String ARGUMENT = "--forkchild=";

    /** Takes the arguments without argv[0], in which PostgreSQL counts one more. */
    static Invocation parse(String[] args) {
        if (args.length != 2) {
            throw refused(Severity.FATAL, "invalid subpostmaster invocation");
        }
        if (!args[0].startsWith(ARGUMENT)) {
            throw refused(Severity.FATAL, "invalid subpostmaster invocation (--forkchild argument missing)");
        }
        return new Invocation(kind(args[0].substring(ARGUMENT.length())), args[1]);
    }

    private static ChildKind kind(String name) {
        // An ERROR in the seed too, unlike the two before; without a handler it ends the same way.
        return ChildKind.named(name).orElseThrow(() -> refused(Severity.ERROR, "unknown child kind " + name));
    }

    private static ReportException refused(Severity severity, String message) {
        return new ReportException(Report.of(severity, message));
    }
}
