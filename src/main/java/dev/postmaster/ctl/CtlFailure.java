package dev.postmaster.ctl;

/** The end of a command that did not work: what to say and the exit status (CTL-2). */
final class CtlFailure extends RuntimeException {
    static final int FAILED = 1;
    static final int NOT_RUNNING = 3;
    static final int NO_CLUSTER = 4;

    private static final long serialVersionUID = 1;

    private final int status;

    CtlFailure(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** With exit status 1. */
    static CtlFailure of(String message) {
        return new CtlFailure(FAILED, message);
    }

    /** With exit status 1, when all is said already. */
    static CtlFailure said() {
        return new CtlFailure(FAILED, "");
    }

    /** What to say; empty if it is said already. */
    String words() {
        return String.valueOf(getMessage());
    }

    int status() {
        return status;
    }
}
