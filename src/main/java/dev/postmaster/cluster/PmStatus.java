package dev.postmaster.cluster;

/** Line 8 of {@code postmaster.pid}, which control tools wait for (DD-17). All words have the same length (DD-16). */
public enum PmStatus {
    STARTING("starting"),
    STANDBY("standby "),
    READY("ready   "),
    STOPPING("stopping");

    private final String line;

    PmStatus(String line) {
        this.line = line;
    }

    String line() {
        return line;
    }
}
