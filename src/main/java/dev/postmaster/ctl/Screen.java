package dev.postmaster.ctl;

import java.io.PrintStream;

/** Where the tool prints: progress and answers on standard output, errors on standard error (CTL-3). */
final class Screen {
    /** What the tool calls itself in every message. */
    static final String NAME = "pmctl";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean silent;

    Screen(PrintStream out, PrintStream err, boolean silent) {
        this.out = out;
        this.err = err;
        this.silent = silent;
    }

    /** Progress, which {@code -s} leaves out. */
    void progress(String text) {
        if (!silent) {
            out.print(text);
            out.flush();
        }
    }

    /** An answer, which was asked for. */
    void answer(String text) {
        out.print(text);
        out.flush();
    }

    /** Something is wrong; the name goes before the text. */
    void complain(String text) {
        err.print(NAME + ": " + text + "\n");
        err.flush();
    }

    /** More about it. */
    void explain(String text) {
        err.print(text + "\n");
        err.flush();
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean isSilent() {
        return silent;
    }
}
