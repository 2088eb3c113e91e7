package dev.postmaster.core;

/** How a process ended (wait(2)). */
public sealed interface ExitStatus {
    /** It exited by itself with this code, 0 to 255. */
    record Code(int code) implements ExitStatus {}

    /** A signal ended it; the number may be one that {@link Sig} does not name. */
    record Killed(int signal) implements ExitStatus {}

    default boolean isCode(int code) {
        return this instanceof Code(int own) && own == code;
    }
}
