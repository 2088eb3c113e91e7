package dev.postmaster.os;

/** Both ends of a pipe, close-on-exec. Closing it closes the ends that nobody {@linkplain Fd#take took}. */
public record Pipe(Fd readEnd, Fd writeEnd) implements AutoCloseable {
    @Override
    public void close() {
        try (readEnd) {
            writeEnd.close();
        }
    }
}
