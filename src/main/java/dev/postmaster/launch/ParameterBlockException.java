package dev.postmaster.launch;

/** The bytes are not a parameter block of this version, or not all of one. */
public final class ParameterBlockException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which of the two parts could not be read; the child's last words differ (CH-27). */
    public enum Part {
        FIXED,
        STARTUP_DATA
    }

    private final Part part;

    ParameterBlockException(Part part, String reason) {
        super(reason);
        this.part = part;
    }

    public Part part() {
        return part;
    }
}
