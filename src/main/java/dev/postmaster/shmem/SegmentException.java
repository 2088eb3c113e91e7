package dev.postmaster.shmem;

/** The descriptor does not hold the segment that was expected, or cannot be mapped. The message says what differs. */
public final class SegmentException extends Exception {
    private static final long serialVersionUID = 1L;

    SegmentException(String message) {
        super(message);
    }

    SegmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
