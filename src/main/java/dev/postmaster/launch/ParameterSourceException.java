package dev.postmaster.launch;

/** The child cannot read its parameters. The message is the whole sentence it writes to standard error (CH-27). */
public final class ParameterSourceException extends Exception {
    private static final long serialVersionUID = 1L;

    ParameterSourceException(String message) {
        super(message);
    }
}
